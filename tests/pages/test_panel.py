"""Permanence Panel, Actions and Barriers: a panel's month on screen, as chair and clerk work through it."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from casework.agenda.actions import actions, save_action
from casework.agenda.agenda import agenda, build_agenda
from casework.agenda.discussions import discussion, save_discussion
from casework.agenda.themes import themes
from casework.panels import find_panel, plan_panel
from casework.records.records import RESTRICTED_RECORD, Action, Discussion, Panel
from casework.storage.database import Casework
from casework.storage.opening import open_casework
from data.store.store import Store
from metrics.engine.engine import Engine
from metrics.nightly import run_nightly
from packs.panel.freezing import freeze_panel
from tests.pages.screen import Screen
from tests.support.copies import copy_of
from tests.support.scopes import asking

POLICY = "hertfordshire"
LISTS = ["placement_order_12m", "return_home_6m"]
OCTOBER, NOVEMBER = date(2026, 10, 31), date(2026, 11, 25)
NOBODY = frozenset()


@pytest.fixture(scope="module")
def prepared(county_store: Store, engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The shared county with a panel on the night's own day, and its agenda. Copy it."""
    store = copy_of(county_store, tmp_path_factory.mktemp("prepared") / "store")
    casework = open_casework(store.settings)
    build_agenda(casework, plan_panel(casework, POLICY, OCTOBER, "Jo Clerk").id, engine, LISTS, "Jo Clerk")
    casework.close()
    return store


@pytest.fixture
def store(county_store: Store, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A copy of the shared county, since a panel writes beside its nights: with the panel, for a test of it."""
    has_panel = "panel" in request.fixturenames
    source = request.getfixturevalue("prepared") if has_panel else county_store
    store = copy_of(source, tmp_path / "store", with_casework=has_panel)
    monkeypatch.setenv("TRACKER_STORE", str(store.path))
    return store


@pytest.fixture
def casework(store: Store) -> Casework:
    return open_casework(store.settings)


@pytest.fixture
def panel(casework: Casework) -> Panel:
    """The panel on the night's own day, with its agenda."""
    return find_panel(casework, POLICY, OCTOBER)


@pytest.fixture
def child_id(casework: Casework, panel: Panel, engine: Engine) -> str:
    """The first child on the agenda who may be named."""
    named = set(engine.children(POLICY, LISTS, asking(roles=NOBODY)).query("name.notna()")["child_id"])
    return next(item.child_id for item in agenda(casework, panel.id, NOBODY) if item.child_id in named)


def at(child_id: str | None = None, name: str = "Anna Reid") -> Screen:
    """The panel's page for somebody with a name, at a child."""
    screen = Screen("panel", panel=OCTOBER.isoformat(), **({"child": child_id} if child_id else {}))
    if name:
        screen.app.text_input(key="your name").set_value(name).run()
    return screen


def press(screen: Screen, words: str) -> None:
    next(button for button in screen.app.button if button.label == words).click().run()


def field(screen: Screen, kind: str, panel: Panel, child_id: str, name: str):
    return getattr(screen.app, kind)(key=f"discussion {panel.id} {child_id} {name}")


def test_a_store_without_a_panel_says_so(store: Store):
    screen = Screen("panel")
    assert not screen.broken
    assert "No panel of Hertfordshire has been prepared yet." in screen.text


def test_a_panel_is_prepared_for_a_date(casework: Casework):
    screen = Screen("panel")
    screen.app.text_input(key="your name").set_value("Jo Clerk").run()
    screen.app.date_input(key="panel date").set_value(NOVEMBER)
    press(screen, "Prepare the panel")
    assert "The panel of 25/11/2026 is prepared." in screen.text
    assert find_panel(casework, POLICY, NOVEMBER) is not None


def test_a_panel_without_a_name_is_refused(casework: Casework):
    screen = Screen("panel")
    screen.app.date_input(key="panel date").set_value(NOVEMBER)
    press(screen, "Prepare the panel")
    assert any("your changes are recorded under your name" in alert for alert in screen.alerts)
    assert find_panel(casework, POLICY, NOVEMBER) is None
    screen.app.text_input(key="name for prepare a panel").set_value("Jo Clerk")
    press(screen, "Prepare the panel")
    assert find_panel(casework, POLICY, NOVEMBER) is not None


def test_the_agenda_is_made_from_the_lists_chosen(casework: Casework, engine: Engine):
    plan_panel(casework, POLICY, OCTOBER, "Jo Clerk")
    screen = at()
    screen.app.multiselect(key="agenda lists").set_value(["placement_order_12m"])
    press(screen, "Make the agenda")
    listed = engine.children(POLICY, ["placement_order_12m"], asking(roles=NOBODY))
    shown = screen.rows("Agenda of the panel of 31/10/2026")
    assert len(shown) == len(listed) > 0
    assert sorted(row["Child ID"] for row in shown) == sorted(listed["child_id"])
    assert f"0 of {len(listed)} child" in screen.text


def test_a_childs_discussion_is_kept_with_barriers_and_history(casework: Casework, panel: Panel, child_id: str):
    screen = at(child_id)
    offered = themes(casework)
    field(screen, "multiselect", panel, child_id, "themes").set_value([offered[0].code, offered[2].code]).run()
    field(screen, "text_area", panel, child_id, "decision").set_value("File the care plan\nby Friday").run()
    field(screen, "date_input", panel, child_id, "next_panel_date").set_value(NOVEMBER).run()
    assert "Not saved yet." in screen.text
    press(screen, "Save")
    kept = discussion(casework, panel.id, child_id, NOBODY)
    assert (kept.decision, kept.next_panel_date) == ("File the care plan\nby Friday", NOVEMBER)
    assert kept.themes == {offered[0].code, offered[2].code}
    assert "Saved." in screen.text and "Not saved yet." not in screen.text
    history = screen.rows("History of the changes")
    assert {(row["Who"], row["What"]) for row in history} == {
        ("Anna Reid", what) for what in ("barriers", "decision", "next panel date")
    }


def test_nothing_is_kept_without_a_name_and_the_words_stay(casework: Casework, panel: Panel, child_id: str):
    screen = at(child_id, name="")
    field(screen, "text_area", panel, child_id, "decision").set_value("Refer to the head of service").run()
    press(screen, "Save")
    assert any("your changes are recorded under your name" in alert for alert in screen.alerts)
    assert field(screen, "text_area", panel, child_id, "decision").value == "Refer to the head of service"
    assert discussion(casework, panel.id, child_id, NOBODY).version == 0
    # The name that is typed there saves at once.
    screen.app.text_input(key=f"name for discussion {panel.id} {child_id}").set_value("Anna Reid").run()
    assert discussion(casework, panel.id, child_id, NOBODY).decision == "Refer to the head of service"
    assert "Saved." in screen.text and not screen.alerts


def test_two_people_who_write_different_fields_are_merged(casework: Casework, panel: Panel, child_id: str):
    screen = at(child_id)
    field(screen, "text_area", panel, child_id, "decision").set_value("File the care plan").run()
    save_discussion(casework, Discussion(panel.id, child_id, summary="The report is late"), "Sam Okafor")
    press(screen, "Save")
    kept = discussion(casework, panel.id, child_id, NOBODY)
    assert (kept.summary, kept.decision) == ("The report is late", "File the care plan")
    assert "Sam Okafor saved summary" in screen.text


def test_two_people_who_write_one_field_see_both_and_lose_nothing(casework: Casework, panel: Panel, child_id: str):
    screen = at(child_id)
    field(screen, "text_area", panel, child_id, "decision").set_value("Mine: <b>wait</b>").run()
    field(screen, "text_area", panel, child_id, "summary").set_value("My summary").run()
    save_discussion(casework, Discussion(panel.id, child_id, decision="Theirs: act now"), "Sam Okafor")
    press(screen, "Save")
    assert "Sam Okafor saved a different decision on" in screen.text
    assert "Theirs: act now" in screen.text and "Mine: <b>wait</b>" in screen.text and "<b>wait</b>" not in screen.html
    assert field(screen, "text_area", panel, child_id, "decision").value == "Mine: <b>wait</b>"
    assert field(screen, "text_area", panel, child_id, "summary").value == "My summary"
    field(screen, "text_area", panel, child_id, "decision").set_value("Act now, then wait").run()
    press(screen, "Save")
    kept = discussion(casework, panel.id, child_id, NOBODY)
    assert (kept.decision, kept.summary) == ("Act now, then wait", "My summary")
    actual = screen.rows("History of the changes")
    assert any(row["After"] == "Mine: <b>wait</b>" and row["Applied"].startswith("no") for row in actual)
    assert any(row["After"] == "Theirs: act now" and row["Who"] == "Sam Okafor" for row in actual)


def test_words_that_are_not_saved_wait_while_another_child_is_looked_at(panel: Panel, child_id: str):
    screen = at(child_id)
    field(screen, "text_area", panel, child_id, "decision").set_value("Half a thought").run()
    press(screen, "Back to the agenda")
    assert "Agenda of the panel of 31/10/2026" in screen.tables
    screen.app.selectbox(key="open a child").set_value(child_id).run()
    press(screen, "Open")
    assert field(screen, "text_area", panel, child_id, "decision").value == "Half a thought"
    press(screen, "Discard unsaved changes")
    assert field(screen, "text_area", panel, child_id, "decision").value == ""


def test_an_action_is_given_and_done(casework: Casework, panel: Panel, child_id: str):
    screen = at(child_id)
    new = f"new action {panel.id} {child_id}"
    screen.app.text_input(key=f"{new} text").set_value("File the final care plan").run()
    screen.app.text_input(key=f"{new} owner").set_value("Sam Okafor").run()
    screen.app.date_input(key=f"{new} due_date").set_value(NOVEMBER).run()
    press(screen, "Add the action")
    (action,) = actions(casework, NOBODY, child_id=child_id)
    assert (action.text, action.owner, action.due_date) == ("File the final care plan", "Sam Okafor", NOVEMBER)
    assert screen.app.text_input(key=f"{new} text").value == ""
    screen.app.selectbox(key="action to change").set_value(action.id).run()
    screen.app.text_input(key=f"action {action.id} outcome_note").set_value("Filed").run()
    press(screen, "Done today")
    (action,) = actions(casework, NOBODY, child_id=child_id)
    assert (action.state, action.done_date, action.outcome_note) == ("done", OCTOBER, "Filed")


@pytest.mark.parametrize(("due", "chased"), [(OCTOBER - timedelta(1), True), (OCTOBER, False), (OCTOBER + timedelta(1), False)])
def test_an_action_is_chased_from_the_day_after_it_was_due(
    casework: Casework, panel: Panel, child_id: str, due: date, chased: bool
):
    save_action(casework, Action(panel.id, child_id, "Write to the court", "Sam Okafor", due), "Anna Reid")
    screen = at()
    assert ("1 action is overdue, by 1 day" in [one.label for one in screen.app.expander]) is chased
    assert ("No action is overdue." in screen.text) is not chased
    overdue = Screen("actions", which="overdue")
    assert ("Actions: Overdue" in overdue.tables) is chased
    assert "Write to the court" in Screen("actions").text


def test_a_child_without_an_outcome_comes_back_to_the_next_panel(casework: Casework, panel: Panel, child_id: str, engine: Engine):
    save_discussion(casework, Discussion(panel.id, child_id, decision="Wait for the court"), "Anna Reid")
    later = plan_panel(casework, POLICY, NOVEMBER, "Jo Clerk")
    build_agenda(casework, later.id, engine, ["no_current_plan"], "Jo Clerk")
    screen = Screen("panel", panel=NOVEMBER.isoformat())
    (row,) = [row for row in screen.rows("Agenda of the panel of 25/11/2026") if row["Child ID"] == child_id]
    assert row["Why on the agenda"] == "Carried forward from 31/10/2026"
    assert row["Last decision"] == "31/10/2026: Wait for the court"


def test_a_child_is_added_and_taken_off_by_hand_with_a_reason(casework: Casework, panel: Panel, engine: Engine):
    on = {item.child_id for item in agenda(casework, panel.id, NOBODY)}
    rules = [rule.id for rule in engine.policies[POLICY].rules]
    frame = engine.children(POLICY, rules, asking(roles=NOBODY)).query("name.notna()")
    other = next(child for child in frame["child_id"] if child not in on)
    screen = at()
    screen.app.text_input(key="added child").set_value(f" {other} ")
    screen.app.text_input(key="reason to add").set_value("Asked for by the reviewing officer")
    press(screen, "Add to the agenda")
    assert f"{other} is on the agenda." in screen.text
    rows = {row["Child ID"]: row for row in screen.rows("Agenda of the panel of 31/10/2026")}
    assert rows[other]["Why on the agenda"] == "Added by hand: Asked for by the reviewing officer"
    screen.app.selectbox(key="removed child").set_value(other)
    press(screen, "Take off the agenda")
    assert any("Give a reason" in alert for alert in screen.alerts)
    screen.app.selectbox(key="removed child").set_value(other)
    screen.app.text_input(key="reason to remove").set_value("Heard elsewhere")
    press(screen, "Take off the agenda")
    assert other not in {item.child_id for item in agenda(casework, panel.id, NOBODY)}


def test_a_restricted_child_is_counted_and_never_named(
    county_nights: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine
):
    rules = [rule.id for rule in engine.policies[POLICY].rules]
    secret = engine.children(POLICY, rules, asking(roles=NOBODY)).query("name.notna()").iloc[0]
    shutil.copytree(county_nights[-1], tmp_path / "extracts")
    with (tmp_path / "extracts" / "local_restrictions.csv").open("a", encoding="utf-8") as file:
        file.write(f"R-SECRET,{secret['child_id']},ADOPTION,01/01/2026,,adoption manager\n")
    monkeypatch.setenv("TRACKER_STORE", str(tmp_path / "restricted"))
    store = Store(tmp_path / "restricted")
    run_nightly(store, tmp_path / "extracts", OCTOBER)
    over, casework = Engine(store.current(), store.settings), open_casework(store.settings, store.path)
    panel = plan_panel(casework, POLICY, OCTOBER, "Jo Clerk")
    items = build_agenda(casework, panel.id, over, rules, "Jo Clerk")
    save_action(
        casework, Action(panel.id, secret["child_id"], "Secret words", "Secret owner", OCTOBER - timedelta(30)), "Anna Reid"
    )
    save_discussion(casework, Discussion(panel.id, secret["child_id"], decision="Secret decision"), "Anna Reid")
    screen = at()
    assert f"1 of {len(items)} children discussed" in screen.text
    shown = [text for row in screen.tables["Agenda of the panel of 31/10/2026"] for text, _ in row]
    assert RESTRICTED_RECORD in shown and "1 action is overdue, by 30 days" in [one.label for one in screen.app.expander]
    for page in (screen, Screen("actions"), Screen("actions", which="overdue")):
        assert RESTRICTED_RECORD in page.html
        assert not [word for word in (secret["child_id"], secret["name"], "Secret") if word in page.html]
    refused = at(secret["child_id"])
    assert secret["name"] not in refused.html and "Secret" not in refused.html
    assert any("you do not have access" in alert for alert in refused.alerts)


def test_freezing_keeps_the_panel_for_good(casework: Casework, panel: Panel, engine: Engine):
    screen = at()
    assert next(button for button in screen.app.button if button.label == "Freeze the panel").disabled
    screen.app.checkbox(key="sure to freeze").check().run()
    press(screen, "Freeze the panel")
    frozen = find_panel(casework, POLICY, OCTOBER)
    assert frozen.freeze.night_name == engine.night.name and frozen.freeze.frozen_by == "Anna Reid"
    assert f"by Anna Reid: the lists and figures as at 31/10/2026, data load {engine.night.name}" in screen.text
    assert not [button for button in screen.app.button if button.label == "Freeze the panel"]


def test_a_closed_panel_is_read_and_can_be_opened_again(casework: Casework, panel: Panel, child_id: str, engine: Engine):
    freeze_panel(casework, engine, POLICY, OCTOBER, "Jo Clerk")
    screen = at()
    assert {"Discuss the next child", "Start the meeting"} <= {button.label for button in screen.app.button}
    press(screen, "Close the panel")
    assert "The panel is closed." in screen.text
    assert not {"Discuss the next child", "Start the meeting"} & {button.label for button in at().app.button}
    assert next(button for button in at(child_id).app.button if button.label == "Save").disabled
    press(screen, "Open the panel again")
    assert "The panel is open again." in screen.text


def test_barriers_are_added_and_renamed_and_no_longer_offered(casework: Casework):
    screen = Screen("barriers")
    screen.app.text_input(key="your name").set_value("Anna Reid").run()
    screen.app.text_input(key="new barrier").set_value("Carer's <i>extension</i>")
    press(screen, "Add the barrier")
    assert "Carer's <i>extension</i>" in [row["Barrier"] for row in screen.rows("The barriers")]
    code = next(theme.code for theme in themes(casework) if theme.label.startswith("Carer's"))
    screen.app.selectbox(key="barrier to change").set_value(code).run()
    next(box for box in screen.app.checkbox if box.label.startswith("Can be chosen")).uncheck()
    press(screen, "Save the barrier")
    assert next(row for row in screen.rows("The barriers") if row["Code"] == code)["Offered"] == "no longer"


def test_records_that_cannot_be_opened_break_only_the_panels_pages(store: Store):
    (store.path / "casework.db").write_bytes(b"no database " * 1000)
    screen = Screen("panel")
    assert screen.alerts and not screen.app.exception
    assert "Traceback" not in screen.html
    for page, words in (("countywide", "Thirteen months"), ("changes", "What changed"), ("calendar", "For your own calendar")):
        screen = Screen(page)
        assert not screen.broken and words in screen.text, page
        assert "The panels' records cannot be read now." in screen.text, page


@pytest.mark.parametrize("page", ["panel", "countywide"])
def test_a_server_that_is_away_takes_the_record_of_access_with_it_so_nothing_is_shown(store: Store, page: str):
    (store.path / "settings.toml").write_text(
        'casework_database = "postgresql://tracker:secret@127.0.0.1:1/none"\n', encoding="utf-8"
    )
    screen = Screen(page)
    assert "Nothing is shown, because the record" in screen.text and not screen.tables
    assert "secret" not in screen.html and "Traceback" not in screen.html


def test_what_is_still_to_be_done_for_a_child_stands_above_what_is_done(casework: Casework, panel: Panel, child_id: str):
    save_action(casework, Action(panel.id, child_id, "File it", "Sam", OCTOBER, "court", "done", OCTOBER), "Anna Reid")
    save_action(casework, Action(panel.id, child_id, "Write to the court", "Sam", date(2026, 12, 1)), "Anna Reid")
    rows = Screen("panel", panel=panel.name, child=child_id).rows("Actions for this child")
    assert [row["Action"] for row in rows] == ["Write to the court", "File it"]


def test_patterns_count_the_barriers_and_what_actions_came_to(casework: Casework, panel: Panel, child_id: str):
    theme = themes(casework)[0]
    save_discussion(casework, Discussion(panel.id, child_id, frozenset({theme.code}), decision="File the plan"), "Anna Reid")
    save_action(casework, Action(panel.id, child_id, "File it", "Sam", OCTOBER, "court", "done", OCTOBER), "Anna Reid")
    screen = Screen("patterns")
    (heading, barrier, total) = screen.tables["Children for whom each barrier was recorded, by rule"]
    assert barrier[0][0] == theme.label and barrier[1][0].split() == ["1"], "no share of one child"
    assert total[0][0] == "Children discussed" and total[1][0] == "1"
    assert "Panels have recorded a decision about 1 child." in screen.text
    (row,) = screen.rows("Completed actions, and whether the child left the lists, by kind")
    assert (row["Kind of action"], row["Actions done"], row["Not yet known"]) == ("Court and legal", "1", "1")
    by_month = Screen("patterns", by="month")
    assert by_month.tables["Children for whom each barrier was recorded, by month"][0][1][0] == "October 2026"


def test_patterns_say_when_no_panel_has_been_held(store: Store):
    assert "No panel of Hertfordshire has been held by 31/10/2026." in Screen("patterns").text


@pytest.mark.parametrize("named, shown", [(True, "agenda"), (False, "child")])
def test_a_link_to_a_panel_leads_to_its_agenda_and_the_menu_back_to_the_child(
    panel: Panel, child_id: str, named: bool, shown: str
):
    screen = Screen("panel", panel=panel.name, child=child_id)
    screen.app.switch_page("pages/actions.py").run()
    screen.app.switch_page("pages/panel.py")
    screen.app.query_params.clear()
    if named:
        screen.app.query_params["panel"] = panel.name
    screen.app.run()
    assert not screen.broken
    assert (f"Agenda of the panel of {panel.when}" in screen.tables) == (shown == "agenda")
