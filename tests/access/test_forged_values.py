"""A browser may send any value for any field: one that the page never offered shows nothing of anybody else's child, and writes nothing."""

from __future__ import annotations

import pytest

from access.roles import RIGHTS, Right, Role
from casework.agenda.actions import actions
from casework.changes.restricted import NOBODY
from casework.notes import notes
from casework.storage.opening import open_casework
from metrics.engine.scope import Scope
from tests.access.council import Council, own_child, show, sign_in_as
from tests.access.forging import CHOICES, TEXTS, foreign_to, forgeable, forged
from tests.access.messages import marks_in, sent
from tests.deep import DEEP
from tests.pages.council import FIRST_PANEL
from tests.pages.screen import Screen
from tests.support.copies import copy_of

SEES = [role for role in Role if Right.SEE_CHILDREN in RIGHTS[role].rights]
CELLS = [
    (role, page)
    for role in SEES
    for page in sorted(RIGHTS[role].pages)
    if page
    not in ("corporate_parenting", "countywide")  # the one names nobody; the other is the first page of everybody in the harness
]
# A page of each role in every run, and of it the fields that name somebody.
USUAL = [
    (Role.PANEL_CHAIR, "action_planning"),
    (Role.PANEL_CLERK, "panel"),
    (Role.PANEL_MEMBER, "children"),
    (Role.HEAD_OF_SERVICE, "calendar"),
    (Role.TEAM_MANAGER, "actions"),
    (Role.REVIEWING_OFFICER, "child"),
    (Role.WORKER, "team"),
    (Role.ANALYST, "siblings"),
]
ABOUT = ("child", "action", "owner")


def opened(council: Council, role: Role, page: str) -> Screen:
    """A page where there is most to send."""
    child = own_child(council, role)
    return Screen(page, **{"child": {"child": child}, "panel": {"panel": FIRST_PANEL.isoformat(), "child": child}}.get(page, {}))


def head(council: Council) -> str:
    """The newest change of the panels' records."""
    return (council.store.path / "casework.head").read_text(encoding="utf-8")


@pytest.mark.parametrize(("role", "page"), CELLS if DEEP else USUAL, ids=lambda value: getattr(value, "value", value))
def test_a_forged_choice_shows_nothing_and_writes_nothing(council: Council, monkeypatch, role: Role, page: str):
    sign_in_as(monkeypatch, council, role)
    theirs, marks = foreign_to(council, role), council.foreign(role)
    whole = opened(council, role, page)
    assert not whole.broken
    before = head(council)
    for place, widget in enumerate(forgeable(whole.app)):
        values = theirs.values(widget.key)
        if not DEEP and len(values) == 1 and not any(word in (widget.key or "") for word in ABOUT):
            continue
        for value in sorted(values):
            screen = opened(council, role, page)
            again = forgeable(screen.app)[place]
            assert again.key == widget.key
            forged(screen.app, {again.id: value})
            assert not screen.broken, (widget.key, value)
            assert marks_in(sent(screen.app).replace(value, "X"), marks) == set(), (widget.key, value)
    assert head(council) == before


def test_what_is_forged_reaches_the_page(council: Council, monkeypatch):
    """The same messages, from somebody who may see the child, show the child."""
    sign_in_as(monkeypatch, council, Role.PANEL_CHAIR)
    child = next(iter(council.own(Role.TEAM_MANAGER) & set(council.engine.children("hertfordshire", ["ltf_12m"],
        council.scope(Role.PANEL_CHAIR))["child_id"])))  # fmt: skip
    screen = Screen("figures")
    (box,) = [widget for widget in forgeable(screen.app, TEXTS) if widget.key == "find a child"]
    forged(screen.app, {box.id: child})
    assert marks_in(sent(screen.app).replace(child, "X"), council.marks[child])
    screen = Screen("team")
    (box,) = [widget for widget in forgeable(screen.app, CHOICES) if widget.key == "choose team"]
    team = council.engine.groups(council.scope(Role.TEAM_MANAGER))["team"][0]
    forged(screen.app, {box.id: team})
    assert team in screen.app.query_params["team"] and not screen.alerts


@pytest.mark.parametrize("role", [Role.WORKER, Role.PANEL_MEMBER])
def test_a_forged_field_of_another_childs_form_is_nobodys(council: Council, monkeypatch, tmp_path, role: Role):
    """The fields of a child's own form, sent as those of another child's, and every button pressed: nothing is kept of the other, and of
    a reader without the right nothing at all."""
    store = copy_of(council.store, tmp_path / "store", with_casework=True)
    own = Council(store, council.engine, council.marks, council.seen, council.restricted, council.staff)
    sign_in_as(monkeypatch, own, role)
    stranger, mine = council.stranger(role), own_child(council, role)
    for page in ("child", "panel") if role is Role.PANEL_MEMBER else ("child",):
        screen = opened(council, role, page)
        fields = forgeable(screen.app, TEXTS)
        buttons = tuple(one.id for one in screen.app.button if one.key != "sign out")
        moved = {field.id.replace(mine, stranger): f"Words about {stranger}" for field in fields if mine in field.id}
        assert bool(moved) == (Right.WRITE_NOTES in RIGHTS[role].rights)
        forged(screen.app, moved, [*(one.replace(mine, stranger) for one in buttons), *buttons])
        assert not screen.broken
        forged(screen.app, dict.fromkeys((field.id for field in fields if mine in field.id), "Words"), buttons)
    casework = open_casework(store.settings, store.path)
    whole = Scope.whole_council_with_names()
    assert notes(casework, council.engine, whole, stranger) == ()
    assert [one for one in actions(casework, NOBODY) if one.child_id == stranger] == []
    assert (head(own) == head(council)) == (Right.WRITE_NOTES not in RIGHTS[role].rights)
    casework.close()
    show(monkeypatch, council)
