"""The panel in its meeting: Save and next, the meeting's screen, brothers and sisters discussed once, nothing typed lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from casework.agenda.actions import actions
from casework.agenda.agenda import agenda, build_agenda
from casework.agenda.discussions import discussion, save_discussion
from casework.notes import notes, save_note
from casework.panels import find_panel, plan_panel
from casework.records.records import Discussion, Note, Panel
from casework.storage.database import Casework
from casework.storage.opening import open_casework
from data.store.store import Store
from metrics.answers.siblings import children, family_of
from metrics.engine.engine import Engine
from tests.pages.screen import Screen
from tests.support.copies import copy_of
from tests.support.scopes import asking
from ui.editing import writing
from ui.panel import discussion as discussion_page
from ui.panel import group as group_page
from words.labels import RESTRICTED_RECORD

POLICY = "hertfordshire"
OCTOBER, NOVEMBER = date(2026, 10, 31), date(2026, 11, 25)
NOBODY = frozenset()
SEEN = asking(roles=NOBODY)


@pytest.fixture(scope="module")
def prepared(county_store: Store, engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The shared county with a panel on the night's own day, and its agenda. Copy it."""
    store = copy_of(county_store, tmp_path_factory.mktemp("prepared") / "store")
    casework = open_casework(store.settings)
    planned = plan_panel(casework, POLICY, OCTOBER, "Jo Clerk")
    build_agenda(casework, planned.id, engine, ["no_current_plan", "return_home_6m", "placement_order_12m"], "Jo Clerk")
    casework.close()
    return store


@pytest.fixture
def casework(prepared: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Casework:
    """The records of a copy of the county with its panel, since a panel writes beside its nights."""
    store = copy_of(prepared, tmp_path / "store", with_casework=True)
    monkeypatch.setenv("TRACKER_STORE", str(store.path))
    return open_casework(store.settings)


@pytest.fixture
def panel(casework: Casework) -> Panel:
    """The panel on the night's own day, with its agenda."""
    return find_panel(casework, POLICY, OCTOBER)


def at(child_id: str | None = None, name: str = "Anna Reid", **more: str) -> Screen:
    screen = Screen("panel", panel=OCTOBER.isoformat(), **({"child": child_id} if child_id else {}), **more)
    if name:
        screen.app.text_input(key="your name").set_value(name).run()
    return screen


def press(screen: Screen, words: str) -> None:
    next(button for button in screen.app.button if button.label == words).click().run()


def shown_order(screen: Screen) -> list[str]:
    return [row["Child ID"] for row in screen.rows("Agenda of the panel of 31/10/2026")]


@pytest.fixture
def group(casework: Casework, panel: Panel, engine: Engine) -> list[str]:
    """Brothers and sisters on the agenda, in the order in which they stand there."""
    families = family_of(engine, SEEN)
    on_agenda = [item.child_id for item in agenda(casework, panel.id, NOBODY)]
    groups: dict[str, list[str]] = {}
    for child in on_agenda:
        if child in families:
            groups.setdefault(families[child], []).append(child)
    return next(members for members in groups.values() if len(members) > 1)


def test_save_and_next_keeps_the_discussion_and_the_action_and_opens_the_next_child(casework: Casework, panel: Panel):
    first, second, *_ = [one for one in shown_order(at(name="")) if one != RESTRICTED_RECORD]
    screen = at(first)
    screen.app.text_area(key=f"discussion {panel.id} {first} decision").set_value("File the care plan").run()
    screen.app.text_input(key=f"new action {panel.id} {first} text").set_value("Write to the court").run()
    press(screen, "Save and next")
    assert discussion(casework, panel.id, first, NOBODY).decision == "File the care plan"
    assert [one.text for one in actions(casework, NOBODY, child_id=first)] == ["Write to the court"]
    assert f"{second} · " in screen.text and screen.app.query_params["child"] == second
    assert "1 of " in screen.text and "child" in screen.text


def test_save_and_next_without_a_word_goes_on_and_keeps_nothing(casework: Casework, panel: Panel):
    first, second, *_ = [one for one in shown_order(at(name="")) if one != RESTRICTED_RECORD]
    screen = at(first)
    press(screen, "Save and next")
    assert screen.app.query_params["child"] == second and discussion(casework, panel.id, first, NOBODY).version == 0


def test_an_action_that_is_refused_keeps_the_reader_there(casework: Casework, panel: Panel):
    first = next(one for one in shown_order(at(name="")) if one != RESTRICTED_RECORD)
    screen = at(first)
    screen.app.text_input(key=f"new action {panel.id} {first} owner").set_value("Sam Okafor").run()
    press(screen, "Save and next")
    assert any("Enter what is to be done" in alert for alert in screen.alerts)
    assert screen.app.query_params["child"] == first
    assert screen.app.text_input(key=f"new action {panel.id} {first} owner").value == "Sam Okafor"


def test_after_the_last_child_comes_the_agenda(panel: Panel):
    last = [one for one in shown_order(at(name="")) if one != RESTRICTED_RECORD][-1]
    screen = at(last)
    press(screen, "Save and next")
    assert "Agenda of the panel of 31/10/2026" in screen.tables and "child" not in screen.app.query_params


def test_the_agenda_says_what_is_written_and_not_saved(panel: Panel):
    first = next(one for one in shown_order(at(name="")) if one != RESTRICTED_RECORD)
    screen = at(first)
    screen.app.text_area(key=f"discussion {panel.id} {first} summary").set_value("Half a thought").run()
    press(screen, "Back to the agenda")
    assert "1 child has changes of yours that are not saved" in screen.text
    rows = {row["Child ID"]: row for row in screen.rows("Agenda of the panel of 31/10/2026")}
    assert rows[first]["Discussed"] == "not saved yet"


def test_columns_in_which_nothing_stands_are_left_out_before_the_meeting(casework: Casework, panel: Panel):
    before = at()
    heading = [words for words, _ in before.tables["Agenda of the panel of 31/10/2026"][0]]
    assert "Why on the agenda" in heading and not {"Discussed", "Barriers", "Decision", "Last decision"} & set(heading)
    first = next(one for one in shown_order(before) if one != RESTRICTED_RECORD)
    save_discussion(casework, Discussion(panel.id, first, decision="Wait"), "Anna Reid")
    after = {words for words, _ in at().tables["Agenda of the panel of 31/10/2026"][0]}
    assert "Discussed" in after and "Barriers" not in after


def test_the_meetings_screen_is_in_the_address_and_says_how_far_the_panel_is(casework: Casework, panel: Panel):
    screen = at()
    press(screen, "Start the meeting")
    assert 'id="meeting-screen"' in screen.html and screen.app.query_params["view"] == "meeting"
    total = len(agenda(casework, panel.id, NOBODY))
    assert f"0 of {total} children discussed, {total} left" in screen.text
    press(screen, "Discuss the next child")
    assert 'id="meeting-screen"' in screen.html and f"Child 1 of {total}" in screen.text
    press(screen, "Leave the meeting screen")
    assert 'id="meeting-screen"' not in screen.html and "view" not in screen.app.query_params


def test_brothers_and_sisters_stand_together_on_the_agenda(panel: Panel, group: list[str]):
    order = shown_order(at(name=""))
    places = [order.index(child) for child in group]
    assert places == list(range(places[0], places[0] + len(group)))


def test_a_group_is_discussed_once_and_kept_in_each_childs_own_record(casework: Casework, panel: Panel, group: list[str]):
    screen = at(group[0])
    press(screen, "Discuss them together")
    assert f"{len(group)} children discussed together" in screen.text
    together = next(area.key for area in screen.app.text_area if area.label == "Decision").removesuffix(" decision")
    screen.app.text_area(key=f"{together} summary").set_value("One report for all").run()
    screen.app.text_area(key=f"{together} decision").set_value("Stay together").run()
    screen.app.checkbox(key=f"apart {together}").check().run()
    screen.app.text_area(key=f"discussion {panel.id} {group[1]} decision").set_value("Move to the aunt").run()
    press(screen, "Save")
    said = [discussion(casework, panel.id, child, NOBODY) for child in group]
    assert {one.summary for one in said} == {"One report for all"}
    assert [one.decision for one in said] == ["Stay together", "Move to the aunt", *["Stay together"] * (len(group) - 2)]
    assert f"Saved for {', '.join(group)}." in screen.text


def test_an_action_for_a_group_is_kept_for_each_child_chosen(casework: Casework, panel: Panel, group: list[str]):
    screen = at(group[0], together="yes")
    new = next(field.key for field in screen.app.text_input if field.label == "What is to be done").removesuffix(" text")
    screen.app.text_input(key=f"{new} text").set_value("Assess together").run()
    screen.app.multiselect(key=f"{new} for").set_value(group[:2]).run()
    press(screen, "Add the action")
    held = {child: [one.text for one in actions(casework, NOBODY, child_id=child)] for child in group}
    assert held == {child: ["Assess together"] if child in group[:2] else [] for child in group}
    assert screen.app.text_input(key=f"{new} text").value == ""


def test_one_child_saved_by_another_meanwhile_is_said_and_the_others_are_kept(casework: Casework, panel: Panel, group: list[str]):
    screen = at(group[0], together="yes")
    together = next(area.key for area in screen.app.text_area if area.label == "Decision").removesuffix(" decision")
    screen.app.text_area(key=f"{together} decision").set_value("Mine").run()
    save_discussion(casework, Discussion(panel.id, group[1], decision="Theirs"), "Sam Okafor")
    press(screen, "Save")
    assert any(f"Not saved for {group[1]}" in alert for alert in screen.alerts)
    assert discussion(casework, panel.id, group[0], NOBODY).decision == "Mine"
    assert discussion(casework, panel.id, group[1], NOBODY).decision == "Theirs"
    assert "Sam Okafor saved a different decision on" in screen.text and "Theirs" in screen.text
    assert screen.app.text_area(key=f"{together} decision").value == "Mine"


@pytest.mark.parametrize("together", [False, True])
def test_a_double_click_saves_once_and_says_so(panel: Panel, group: list[str], monkeypatch: pytest.MonkeyPatch, together: bool):
    kept, pressed = [], writing._press

    def counted(casework: Casework, said: Discussion, who: str) -> Discussion:
        kept.append(said.child_id)
        return save_discussion(casework, said, who)

    for module in (discussion_page, group_page):
        monkeypatch.setattr(module, "save_discussion", counted)
    # The second press finds the page as it was drawn before the first.
    monkeypatch.setattr(writing, "_press", lambda *asked: [pressed(*asked) for _ in range(2)])
    screen = at(group[0], **({"together": "yes"} if together else {}))
    box = next(area for area in screen.app.text_area if area.label == "Decision")
    box.set_value("Stay together").run()
    press(screen, "Save")
    assert kept == (group if together else group[:1])
    assert screen.alerts == [] and "Saved" in screen.text and "There are no changes to save." not in screen.text


def test_what_another_saved_meanwhile_in_one_of_the_group_is_said_with_the_child(
    casework: Casework, panel: Panel, group: list[str]
):
    screen = at(group[0], together="yes")
    box = next(area for area in screen.app.text_area if area.label == "Decision")
    box.set_value("Mine").run()
    save_discussion(casework, Discussion(panel.id, group[1], summary="Theirs"), "Sam Okafor")
    screen.app.run()
    assert any(alert.startswith(f"Child {group[1]}: somebody has saved this since") for alert in screen.alerts)
    press(screen, "Save")
    assert f"Saved for {', '.join(group)}. {group[1]}: Sam Okafor saved summary in the meantime" in screen.text
    assert discussion(casework, panel.id, group[1], NOBODY).summary == "Theirs"


def test_an_action_that_is_not_saved_is_told_whoever_it_is_for(casework: Casework, panel: Panel, group: list[str]):
    screen = at(group[0], together="yes")
    new = next(field.key for field in screen.app.text_input if field.label == "What is to be done").removesuffix(" text")
    screen.app.text_input(key=f"{new} text").set_value("Assess together").run()
    press(screen, "Back to the agenda")
    words = "children have changes of yours that are not saved"
    assert f"{len(group)} {words}" in screen.text and f"child={group[0]}&amp;together=yes" in screen.html
    other = Screen("panel", panel=OCTOBER.isoformat())
    assert words not in other.text, "another browser's words are its own"


def test_who_of_the_group_is_not_on_the_agenda_is_said(panel: Panel, engine: Engine, group: list[str]):
    frame = children(engine, POLICY, SEEN)
    family = frame.loc[frame["child_id"] == group[0], "family"].iloc[0]
    rest = set(frame.loc[frame["family"] == family, "child_id"]) - set(group) - {RESTRICTED_RECORD}
    screen = at(group[0], together="yes")
    assert all(child in screen.text for child in rest)
    assert ("In care and not on this agenda" in screen.text) is bool(rest)


def test_a_note_is_written_on_the_childs_page_changed_and_withdrawn(casework: Casework, engine: Engine, group: list[str]):
    child = group[0]
    save_note(casework, engine, SEEN, Note(child, "Seen <b>well</b>"), "Sam Okafor")
    screen = Screen("child", child=child)
    assert "Sam Okafor" in screen.text and "Seen <b>well</b>" in screen.text and "<b>well" not in screen.html
    screen.app.text_area(key=f"new note {child} text").set_value("Ask the school").run()
    press(screen, "Keep the note")
    screen.app.text_input(key=f"name for new note {child}").set_value("Anna Reid").run()
    assert [(one.note.text, one.who) for one in notes(casework, engine, SEEN, child)][0] == ("Ask the school", "Anna Reid")
    assert screen.app.text_area(key=f"new note {child} text").value == ""
    press(screen, "Withdraw the note")
    assert notes(casework, engine, SEEN, child)[0].note.withdrawn
    assert "Withdrawn notes: 1" in [one.label for one in screen.app.expander]
