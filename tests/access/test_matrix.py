"""The matrix of roles, cell by cell: every page of every role, and nothing of a child outside what the role sees in any message of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.util import calc_hash

from access.record.entries import AccessRecordError
from access.record.record import AccessRecord, Asked, open_access_record
from access.reference import reference
from access.roles import EVERY_PAGE, RIGHTS, Right, Role
from tests.access.council import Council, address_of, show, sign_in_as
from tests.access.messages import marks_in, sent, title_of
from tests.deep import DEEP, some
from tests.pages.screen import Screen
from tests.support.ages import without_age
from tests.test_architecture import ROOT
from ui.context import readers
from ui.shell import navigation, printing

PAGES = {path.stem for path in (ROOT / "pages").glob("*.py")}
BOUNDED = [role for role in Role if RIGHTS[role].bounded]
# The children named somewhere on a page. Whoever sees the whole council sees some of every team.
WHOLE = [role for role in Role if Right.SEE_CHILDREN in RIGHTS[role].rights and not RIGHTS[role].bounded]
# Pages of many children: the search for foreign marks finds them where they are.
FULL_OF_CHILDREN = ("action_planning", "team")
DOWNLOADS = {
    Right.TAKE_LISTS: ("team", "Download as CSV"),
    Right.TAKE_CALENDAR: ("calendar", "Download the calendar (.ics)"),
    Right.TAKE_TEAM_PACK: ("team", "Download the month (Excel)"),
    Right.TAKE_PANEL_PACK: ("panel", "Download the papers (PDF)"),
}
RESTRICTED = "on this agenda: discuss outside the tracker."
LINK = re.compile(r'href="(?:\./)?([a-z_]*)[?"]')
CELLS = [(role, page) for role in Role for page in sorted(RIGHTS[role].pages & PAGES)]
# It makes a draft, which takes half a minute and names nobody (tests/pages/test_corporate_parenting.py).
CELLS.remove((Role.ANALYST, "corporate_parenting"))


def in_turn(cells: list[tuple[Role, str]]) -> list[tuple[Role, str]]:
    """Every page by one of its roles in turn, of those who see some of the children where it has such; and every role. In
    ``make test-deep`` every cell."""
    of_page: dict[str, list[Role]] = {}
    for role, page in cells:
        of_page.setdefault(page, []).append(role)
    chosen: list[tuple[Role, str]] = []
    for place, (page, roles) in enumerate(sorted(of_page.items())):
        takes_turns = [role for role in roles if role in BOUNDED and Right.SEE_CHILDREN in RIGHTS[role].rights] or roles
        chosen.append((takes_turns[place % len(takes_turns)], page))
    met = {role for role, _ in chosen}
    left = [
        next(cell for cell in cells if cell[0] is role) for role in dict.fromkeys(role for role, _ in cells) if role not in met
    ]
    return cells if DEEP else chosen + left


def test_the_table_names_every_page_of_the_app_and_each_page_is_somebodys():
    assert EVERY_PAGE - {"access_record"} == PAGES - {"access_record"}
    assert set().union(*(rights.pages for rights in RIGHTS.values())) == EVERY_PAGE


def test_the_page_of_who_may_see_what_is_up_to_date(capsys: pytest.CaptureFixture):
    written = (ROOT / "docs" / "reference" / "who-may-see-what.md").read_text(encoding="utf-8")
    assert written == reference(), "run: python -m access.reference > docs/reference/who-may-see-what.md"
    with capsys.disabled():
        print(f"\n{written[written.index('## Pages') :]}")


@pytest.mark.parametrize(("role", "page"), in_turn(CELLS), ids=lambda value: value.value if isinstance(value, Role) else value)
def test_a_page_of_a_role_opens_and_sends_nothing_of_anybody_elses_children(council: Council, monkeypatch, role: Role, page: str):
    sign_in_as(monkeypatch, council, role)
    screen = Screen(page)
    if page == "countywide":  # which is not the first page of everybody
        screen.app.switch_page("pages/countywide.py").run()
    assert not screen.broken and not [said for said in screen.alerts if not said.endswith(RESTRICTED)], screen.alerts
    assert marks_in(sent(screen.app), council.foreign(role)) == set()
    assert f"Signed in as {role.value.title()} Smith ({role.value})" in screen.text
    assert {found or RIGHTS[role].first_page for found in LINK.findall(screen.html)} <= RIGHTS[role].pages, (
        "leads to a page of others"
    )


@pytest.mark.parametrize("role", BOUNDED)
def test_the_search_for_foreign_children_would_find_them(council: Council, monkeypatch, role: Role):
    """The same pages, as somebody sees them who may see everybody, are full of the children whom the role may not see."""
    sign_in_as(monkeypatch, council, Role.PANEL_CHAIR)
    for page in FULL_OF_CHILDREN:
        screen = Screen(page)
        assert len(marks_in(sent(screen.app), council.foreign(role))) > 5 and "children" in LINK.findall(screen.html)
    sign_in_as(monkeypatch, council, role)
    mine = frozenset().union(*(council.marks[child] for child in council.seen[role]))
    assert len(marks_in(sent(Screen("action_planning").app), mine)) > 5


@pytest.mark.parametrize("role", Role)
def test_the_menu_holds_the_pages_of_the_role_and_no_other(council: Council, monkeypatch, role: Role):
    sign_in_as(monkeypatch, council, role)
    added: list[str] = []
    monkeypatch.setattr(navigation.streamlit, "Page", lambda page, **said: added.append(page if isinstance(page, str) else ""))
    menu = navigation.menu(readers.reader())
    opened = {Path(page).stem for page in added if page}
    assert opened == (RIGHTS[role].pages & PAGES) and (menu.first == RIGHTS[role].first_page or not opened)


def asked_for(page: str) -> Screen:
    """A visit that asks for a page's address, as a browser sends it, whether or not the page is in the menu."""
    screen = Screen()
    screen.app._page_hash = calc_hash(page)
    screen.app.run()
    return screen


@pytest.mark.parametrize("role", Role)
def test_a_forged_address_of_another_roles_page_is_refused_in_words_and_recorded(council: Council, monkeypatch, role: Role):
    sign_in_as(monkeypatch, council, role)
    record = open_access_record(council.store.settings, council.store.path)
    asked = Asked(identity=address_of(role), kind="refused")
    for page in some(sorted(PAGES - RIGHTS[role].pages), 9):
        before = len(record.entries(asked))
        screen = asked_for(page)
        screen.app.run()
        assert f"is a page for other roles, and yours ({role.value}) does not open it." in screen.text, page
        assert title_of(screen) == "A page for other roles" and screen.tables == {}
        assert '<a href="./">Go to your own first page</a>' in screen.html
        assert marks_in(sent(screen.app), set().union(*council.marks.values())) == set()
        found = record.entries(asked)[: len(record.entries(asked)) - before]
        assert [(entry.subject, entry.choices, entry.children) for entry in found] == [(page, "", 0)]
        assert f"Signed in as {role.value.title()} Smith ({role.value})" in screen.text


def test_where_it_cannot_be_recorded_the_page_says_so_and_nothing_else(council: Council, monkeypatch):
    def refuse(*arguments, **named):
        raise AccessRecordError("The record of access: the disk is full; make room and try again.")

    sign_in_as(monkeypatch, council, Role.COUNCILLOR)
    monkeypatch.setattr(AccessRecord, "add", refuse)
    screen = asked_for("child")
    assert screen.alerts == [
        "Nothing is shown, because the record of who sees what cannot be written. "
        "The record of access: the disk is full; make room and try again."
    ]


def test_an_address_of_any_page_offers_somebody_without_a_role_nothing(council: Council, monkeypatch):
    sign_in_as(monkeypatch, council, None)
    for page in ("child", "panel", "countywide"):
        screen = asked_for(page)
        assert "no role has been given to you" in screen.text and title_of(screen) == "Permanence Tracker"
        assert marks_in(sent(screen.app), set().union(*council.marks.values())) == set()


@pytest.mark.parametrize("role", [role for role in Role if set(FULL_OF_CHILDREN) <= RIGHTS[role].pages])
def test_a_download_is_there_for_those_who_have_the_right(council: Council, monkeypatch, role: Role):
    sign_in_as(monkeypatch, council, role)
    shown: dict[str, str] = {}
    for right, (page, label) in DOWNLOADS.items():
        if page in RIGHTS[role].pages:
            shown.setdefault(page, sent(Screen(page).app))
            assert (label in shown[page]) == (right in RIGHTS[role].rights), right


@pytest.mark.parametrize("role", [Role.TEAM_MANAGER, Role.ANALYST, Role.PANEL_MEMBER, Role.COUNCILLOR])
def test_the_search_is_there_for_those_who_may_search_and_finds_their_children_alone(council: Council, monkeypatch, role: Role):
    sign_in_as(monkeypatch, council, role)
    screen = Screen()
    boxes = [box for box in screen.app.text_input if box.key == "find a child"]
    assert len(boxes) == (Right.FIND_A_CHILD in RIGHTS[role].rights)
    if role is Role.TEAM_MANAGER:
        stranger = next(child for child in council.marks if child not in council.seen[role])
        boxes[0].set_value(stranger).run()
        there = screen.text
        boxes = [box for box in screen.app.text_input if box.key == "find a child"]
        boxes[0].set_value("9" * len(stranger)).run()
        assert "No child matches that, or you do not have access." in there and without_age(there) == without_age(screen.text)


@pytest.mark.parametrize("role", some(BOUNDED, 2))
def test_a_child_outside_is_not_found_in_the_words_for_one_who_does_not_exist(council: Council, monkeypatch, role: Role):
    sign_in_as(monkeypatch, council, role)
    monkeypatch.setattr(printing, "show", lambda *about: None)  # the minute of printing may pass between the two
    stranger = next(child for child in council.marks if child not in council.seen[role])
    nobody = "9" * len(stranger)
    record = open_access_record(council.store.settings, council.store.path)
    asked = Asked(identity=address_of(role), kind="not found")
    for page in ("child", "key_stages", "action_planning"):
        before = len(record.entries(asked))
        theirs, nobodys = (sent(Screen(page, child=child).app).replace(child, "X") for child in (stranger, nobody))
        assert theirs == nobodys, page
        found = record.entries(asked)[: len(record.entries(asked)) - before]
        assert [(entry.subject, entry.choices, entry.children) for entry in found] == [(page, "child", 0)] * 2


def test_a_team_outside_is_not_there_in_the_words_for_one_that_does_not_exist(council: Council, monkeypatch):
    sign_in_as(monkeypatch, council, Role.TEAM_MANAGER)
    monkeypatch.setattr(printing, "show", lambda *about: None)
    own = council.person(Role.TEAM_MANAGER).reach.teams[0]
    groups = council.engine.groups(council.person(Role.PANEL_CHAIR).scope)["team"]
    other = next(team for team in groups if team != own)
    for page in ("team", "calendar", "changes", "key_stages"):
        theirs, nobodys = (sent(Screen(page, team=team).app).replace(team, "X") for team in (other, "Nowhere 1"))
        assert theirs == nobodys and "which is not available here" in theirs, page


def test_a_role_that_is_taken_away_is_gone_at_the_next_click(council: Council, monkeypatch, caplog):
    people = council.store.path / "people.toml"
    text = people.read_text(encoding="utf-8")
    sign_in_as(monkeypatch, council, Role.TEAM_MANAGER)
    screen = Screen()
    assert marks_in(sent(screen.app), set().union(*council.marks.values()))
    try:
        people.write_text(text.replace(address_of(Role.TEAM_MANAGER), "gone@example.gov.uk"), encoding="utf-8")
        screen.app.run()
        assert "no role has been given to you" in screen.text
        assert marks_in(sent(screen.app), set().union(*council.marks.values())) == set()
        screen.app.run()
        told = [record.getMessage() for record in caplog.records if record.name == "tracker.app"]
        assert told == [f"somebody without a role has signed in: {address_of(Role.TEAM_MANAGER)}"]
        people.write_text("[[person]\n", encoding="utf-8")
        screen.app.run()
        assert "cannot be used. Ask the person who runs the tracker" in screen.text and "toml" not in screen.text
    finally:
        people.write_text(text, encoding="utf-8")


def test_the_answers_of_one_are_never_anothers_in_one_process(council: Council, monkeypatch):
    """All that is kept in memory is kept by the whole scope: each of two sees the same before and after the other has looked."""
    seen: dict[Role, list[str]] = {}
    for role in (Role.TEAM_MANAGER, Role.WORKER, Role.ANALYST, Role.TEAM_MANAGER, Role.WORKER, Role.ANALYST):
        sign_in_as(monkeypatch, council, role)
        text = sent(Screen("team").app)
        assert marks_in(text, council.foreign(role)) == set()
        seen.setdefault(role, []).append(Screen("team").text.split(", published")[0])
        if role is Role.ANALYST:
            names = {mark for marks in council.marks.values() for mark in marks if " " in mark}
            assert marks_in(text, names) == set()
    assert all(before == after for before, after in seen.values())


def test_real_children_are_not_shown_where_nobody_signs_in(council: Council, monkeypatch):
    show(monkeypatch, council)
    screen = Screen()
    assert title_of(screen) == "Permanence Tracker" and "Sign in with your council account." in screen.text
    assert [button.label for button in screen.app.button] == ["Sign in"]
    assert marks_in(sent(screen.app), set().union(*council.marks.values())) == set()
