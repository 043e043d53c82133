"""Two panels of two areas on one day, as a clerk prepares them on the page and opens each by its address."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from casework.agenda.actions import save_action
from casework.agenda.agenda import agenda, build_agenda
from casework.agenda.discussions import save_discussion
from casework.changes.restricted import NOBODY
from casework.panels import find_panel, plan_panel
from casework.records.records import Action, Discussion
from casework.storage.database import Casework
from casework.storage.opening import open_casework
from data.store.store import Store
from metrics.engine.engine import Engine
from tests.pages.screen import Screen
from tests.pages.test_panel import LISTS, POLICY, press
from tests.support.copies import copy_of
from tests.support.scopes import asking

DAY = date(2026, 10, 31)
AREAS = 'panel_areas = { East = ["Children Looked After"], West = ["Family Safeguarding West"] }\n'
CAPTION = "Children on the list: Return-home plan for 6 months or more"
SERVICES = {"East": "Children Looked After", "West": "Family Safeguarding West"}


@pytest.fixture
def store(county_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    store = copy_of(county_store, tmp_path / "store")
    (store.path / "settings.toml").write_text(AREAS, encoding="utf-8")
    monkeypatch.setenv("TRACKER_STORE", str(store.path))
    return Store(store.path)


@pytest.fixture
def casework(store: Store) -> Casework:
    return open_casework(store.settings)


def _prepared(area: str) -> Screen:
    screen = Screen("panel")
    screen.app.text_input(key="your name").set_value("Jo Clerk").run()
    screen.app.date_input(key="panel date").set_value(DAY)
    screen.app.selectbox(key="panel area").set_value(area)
    press(screen, "Prepare the panel")
    return screen


def test_two_areas_panels_of_one_day_are_prepared_and_each_has_its_own_agenda(casework: Casework, engine: Engine):
    for area in SERVICES:
        screen = _prepared(area)
        assert f"The panel of 31/10/2026 ({area}) is prepared." in screen.text
        screen.app.multiselect(key="agenda lists").set_value(LISTS)
        press(screen, "Make the agenda")
    listed = engine.children(POLICY, LISTS, asking(roles=None))
    for area, service in SERVICES.items():
        panel = find_panel(casework, POLICY, DAY, area)
        here = {item.child_id for item in agenda(casework, panel.id, NOBODY)}
        assert here == set(listed.loc[listed["service"] == service, "child_id"])
    screen = Screen("panel", panel=f"{DAY.isoformat()} East")
    rows = screen.rows("Agenda of the panel of 31/10/2026 (East)")
    assert rows and "Panel area" not in rows[0]  # the same in every row, and in the heading
    options = screen.app.selectbox(key="choose panel").options
    assert options == ["31/10/2026, East (open)", "31/10/2026, West (open)"]


def test_a_list_shows_the_area_where_it_tells_rows_apart(store: Store):
    rows = Screen("children", rule=LISTS[1]).rows(CAPTION)
    assert {"East", "West"} <= {row["Panel area"] for row in rows}
    rows = Screen("children", rule=LISTS[1], service=SERVICES["East"]).rows(CAPTION)
    assert rows and "Panel area" not in rows[0]


def test_actions_decisions_and_the_child_say_which_areas_panel_it_was(store: Store, casework: Casework):
    engine = Engine(store.current(), store.settings)
    listed = engine.children(POLICY, LISTS, asking(roles=NOBODY))
    child = listed.loc[(listed["service"] == SERVICES["East"]) & listed["name"].notna(), "child_id"].iloc[0]
    east, west = (plan_panel(casework, POLICY, DAY, "Jo Clerk", area=area) for area in SERVICES)
    build_agenda(casework, east.id, engine, LISTS, "Jo Clerk")
    save_discussion(casework, Discussion(east.id, child, decision="Ask the court."), "Jo Clerk")
    save_action(casework, Action(east.id, child, "Ask", due_date=date(2026, 10, 1)), "Jo Clerk")
    rows = Screen("actions").rows("Actions: All open")
    assert [(row["Panel"], row["Held for"]) for row in rows] == [("31/10/2026", "East")]
    assert "Panel of 31/10/2026 (East): Ask the court." in Screen("child", child=child).text
    # What East asked is chased at the panel of the area where the child is, and at the other's no more.
    of_east, of_west = (Screen("panel", panel=one.name) for one in (east, west))
    assert [row["Held for"] for row in of_east.rows("Actions to chase")] == ["East"]
    assert "No action is overdue." in of_west.text and "No action is overdue." not in of_east.text
    assert "Decided before, on 31/10/2026 (East): Ask the court." in Screen("panel", panel=west.name, child=child).text


def test_an_area_that_was_never_offered_and_a_panel_that_is_not_there_are_refused(casework: Casework):
    _prepared("")
    assert find_panel(casework, POLICY, DAY) is not None
    screen = Screen("panel", panel=f"{DAY.isoformat()} North")
    assert not screen.broken and "North" in " ".join(screen.alerts) + screen.text
