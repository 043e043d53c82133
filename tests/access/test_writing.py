"""What each role may write is decided where it is kept: whatever a page shows or a browser sends, a role without the right writes nothing.

And what a reader may not write is shown as text, in no field that could be typed into.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from types import ModuleType

import pytest

import casework as casework_package
from access.roles import RIGHTS, Right, Role
from casework.agenda.actions import complete_action, give_action, save_action
from casework.agenda.agenda import add_to_agenda, build_agenda, remove_from_agenda
from casework.agenda.discussions import save_discussion
from casework.agenda.themes import add_theme, save_theme
from casework.changes.restricted import NOBODY
from casework.changes.saving import save
from casework.freezing.freezing import freeze
from casework.freezing.frozen import Pack
from casework.notes import save_note
from casework.panels import close_panel, panels, plan_panel, save_panel
from casework.publishing.commentary import save_commentary
from casework.publishing.publications import keep_draft, ledger, publish
from casework.records.errors import CaseworkError
from casework.records.records import Action, AgendaItem, Commentary, Discussion, Draft, Note, Panel, Publication, Theme
from casework.storage.database import Casework
from casework.storage.opening import open_casework
from data.settings import Settings
from metrics.engine.engine import Engine
from tests.access.council import Council, address_of, own_child, sign_in_as
from tests.pages.council import FIRST_PANEL
from tests.pages.screen import Screen
from ui.context import panel_records, readers
from ui.context.page_context import PageContext

FIRST_THEMES = "Permanence Tracker"  # who begins the list of barriers
NOT_ALLOWED = "None of your roles allows this change, so nothing was saved."
NIGHT, NOW, LATER, PACK = date(2026, 10, 31), datetime(2026, 10, 31, tzinfo=UTC), date(2026, 12, 31), Pack("pack.xlsx", b"x")


@dataclass(frozen=True)
class Desk:
    """The records as somebody of a role has them, the panel in them, and a child whom they may see."""

    casework: Casework
    engine: Engine
    panel: Panel
    child: str
    sees: bool

    @property
    def action(self) -> Action:
        return Action(self.panel.id, self.child, "Ask the court")

    @property
    def state(self) -> str:
        return ledger(self.casework, "corporate").state


# Every way to write, with what allows it.
WRITES: dict[Callable, tuple[frozenset[Right], Callable[[Desk], object]]] = {
    write: (frozenset(rights), call)
    for write, rights, call in (
        (save_note, {Right.WRITE_NOTES}, lambda at: save_note(
            at.casework, at.engine, at.casework.actor.scope, Note(at.child, "Seen"), "Ann")),
        (save_action, {Right.WRITE_ACTIONS, Right.WRITE_DISCUSSIONS}, lambda at: save_action(at.casework, at.action, "Ann")),
        (complete_action, {Right.WRITE_ACTIONS, Right.WRITE_DISCUSSIONS}, lambda at: complete_action(
            at.casework, at.action, NIGHT, "Done", "Ann")),
        (give_action, {Right.WRITE_ACTIONS, Right.WRITE_DISCUSSIONS}, lambda at: give_action(
            at.casework, at.action, [at.child], "Ann", NOBODY)),
        (save_discussion, {Right.WRITE_DISCUSSIONS}, lambda at: save_discussion(
            at.casework, Discussion(at.panel.id, at.child, summary="x"), "Ann")),
        (build_agenda, {Right.RUN_PANELS}, lambda at: build_agenda(at.casework, at.panel.id, at.engine, ["ltf_12m"], "Ann")),
        (add_to_agenda, {Right.RUN_PANELS}, lambda at: add_to_agenda(at.casework, at.panel.id, at.child, "Asked", "Ann", NOBODY)),
        (remove_from_agenda, {Right.RUN_PANELS}, lambda at: remove_from_agenda(
            at.casework, AgendaItem(at.panel.id, at.child), "Asked", "Ann")),
        (add_theme, {Right.RUN_PANELS}, lambda at: add_theme(at.casework, "Housing first", "Ann")),
        (save_theme, {Right.RUN_PANELS}, lambda at: save_theme(at.casework, Theme("housing_last", "Housing last"), "Ann")),
        (plan_panel, {Right.RUN_PANELS}, lambda at: plan_panel(at.casework, "hertfordshire", LATER, "Ann")),
        (save_panel, {Right.RUN_PANELS}, lambda at: save_panel(at.casework, replace(at.panel, notes="x"), "Ann")),
        (close_panel, {Right.RUN_PANELS}, lambda at: close_panel(at.casework, at.panel.id, "Ann")),
        (freeze, {Right.RUN_PANELS}, lambda at: freeze(at.casework, at.engine, "hertfordshire", NIGHT, "Ann", PACK)),
        (save_commentary, {Right.SEE_DRAFTS}, lambda at: save_commentary(
            at.casework, Commentary("corporate", "2026-10-31", "adopted", "Fewer"), "Ann")),
        (keep_draft, {Right.SEE_DRAFTS}, lambda at: keep_draft(
            at.casework, Draft("corporate", "2026-10-31", NOW, "Ann", "n", "h", "b", "", b"{}", b""), at.state)),
        (publish, {Right.SEE_DRAFTS}, lambda at: publish(
            at.casework, Publication("corporate", "2026-10-31", NOW, "Ann", "n", "{}", "{}", "s"), at.state)),
    )
}  # fmt: skip


def _modules() -> list[ModuleType]:
    found = pkgutil.walk_packages(casework_package.__path__, "casework.")
    return [importlib.import_module(one.name) for one in found if not one.name.startswith("casework.migrations")]


def _functions() -> dict[str, Callable]:
    return {
        f"{module.__name__}.{name}": function
        for module in _modules()
        for name, function in vars(module).items()
        if inspect.isfunction(function) and function.__module__ == module.__name__
    }


def test_every_way_to_write_is_asked_about_and_asks_whether_it_is_allowed():
    of_people = {
        name: function
        for name, function in _functions().items()
        if "casework" in inspect.signature(function).parameters
        and (".writing()" in inspect.getsource(function) or "who" in inspect.signature(function).parameters)
        and not name.startswith("casework.synthetic")  # invented panels of an invented county, by a command
    }
    asking = {function for function in of_people.values() if not function.__name__.startswith("_")}
    assert asking - {save} - set(WRITES) == {_functions()["casework.changes.saving.allowed"]}
    for name, function in of_people.items():
        source = inspect.getsource(function)
        assert ".writing()" not in source or "allowed(" in source, f"{name} writes and does not ask who may"


@pytest.fixture
def records_of_the_council(council: Council, tmp_path) -> Casework:
    """Records of this test's own, with a panel."""
    casework = open_casework(Settings(folder=tmp_path))
    plan_panel(casework, "hertfordshire", FIRST_PANEL, "Pat")
    yield casework
    casework.close()


def _desk(council: Council, casework: Casework, role: Role) -> Desk:
    """As a page has them that somebody of a role opens."""
    person, engine = readers.reader(), council.engine
    key = (str(council.store.path), engine.night.name, 0, 0, "")
    context = PageContext(key, engine, engine.as_at, "hertfordshire", person, engine.settled(person.scope), ())
    acting = replace(casework, actor=panel_records.records(context).actor)
    sees = Right.SEE_CHILDREN in RIGHTS[role].rights
    return Desk(acting, engine, panels(casework)[0], own_child(council, role if sees else Role.PANEL_CHAIR), sees)


def _entries(casework: Casework) -> int:
    """How many changes the records hold."""
    with casework.reading() as session:
        return session.connection().exec_driver_sql("select count(*) from chain").scalar()


@pytest.mark.parametrize("role", Role)
def test_what_a_role_may_not_write_is_refused_where_it_is_kept(
    council: Council, records_of_the_council: Casework, monkeypatch, role: Role
):
    sign_in_as(monkeypatch, council, role)
    at = _desk(council, records_of_the_council, role)
    for write, (rights, call) in WRITES.items():
        before = _entries(records_of_the_council)
        if rights & RIGHTS[role].rights:
            call(at)
            # An agenda that nobody made has nobody to take off; planning twice finds the first.
            assert _entries(records_of_the_council) >= before, write.__name__
        else:
            with pytest.raises(CaseworkError) as refused:
                call(at)
            # Who sees no child is told that there is none before anything else.
            told = NOT_ALLOWED if at.sees or write is not save_note else "or you do not have access."
            assert str(refused.value).endswith(told), write.__name__
            assert _entries(records_of_the_council) == before, write.__name__


@pytest.mark.parametrize("role", [Role.PANEL_CLERK, Role.ANALYST, Role.TEAM_MANAGER])
def test_what_is_kept_is_in_the_name_of_the_reader(council: Council, records_of_the_council: Casework, monkeypatch, role: Role):
    sign_in_as(monkeypatch, council, role)
    at = _desk(council, records_of_the_council, role)
    for rights, call in WRITES.values():
        if rights & RIGHTS[role].rights:
            call(at)
    with records_of_the_council.reading() as session:
        connection = session.connection()
        who = set(connection.exec_driver_sql("select who from revision").scalars())
        who |= set(connection.exec_driver_sql("select made_by from draft").scalars())
        who |= set(connection.exec_driver_sql("select published_by from publication").scalars())
    assert {f"{role.value.title()} Smith ({address_of(role)})"} == who - {"Pat", FIRST_THEMES}


# Fields that are no writing: the search, and the choices of what is shown.
LOOKING = {"find a child"}
TYPED = ("text_input", "text_area", "multiselect", "date_input", "number_input", "checkbox")


@pytest.mark.parametrize(
    ("role", "writes"),
    [(Role.PANEL_CLERK, True), (Role.PANEL_MEMBER, False), (Role.ANALYST, False)],
    ids=lambda value: str(value),
)
def test_what_a_reader_may_not_write_is_text(council: Council, monkeypatch, role: Role, writes: bool):
    sign_in_as(monkeypatch, council, role)
    child = own_child(council, role)
    panel = {"panel": FIRST_PANEL.isoformat()}
    for page, choices in (
        ("panel", {**panel, "child": child}),
        ("panel", {}),
        ("panel", {**panel, "view": "meeting"}),
        ("child", {"child": child}),
        ("actions", {}),
    ):
        screen = Screen(page, **choices)
        assert not screen.broken, (page, choices)
        fields = {widget.key for kind in TYPED for widget in screen.app.get(kind)} - LOOKING
        assert writes or not fields, (page, choices, fields)
        pressed = {button.key for button in screen.app.button}
        assert writes or all(key == "sign out" or key.startswith("step: ") for key in pressed), (page, choices, pressed)
        if "child" in choices and page == "panel":
            assert bool({f"discussion 1 {child} summary", f"discussion 1 {child} themes"} <= fields) is writes
            assert ('<dl class="recorded">' in screen.html) is not writes
            assert "Long talk" in screen.text and "Wait for court" in screen.text
            assert "Ask the court" in screen.text
        if "view" in choices:
            assert ("Recorded as written by" in screen.text) is writes
