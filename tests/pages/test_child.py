"""Child: the record, every list with the rows that say why, and the timeline with its table."""

from __future__ import annotations

from datetime import date

import pytest

from casework.agenda.actions import complete_action, save_action
from casework.agenda.discussions import save_discussion
from casework.panels import plan_panel
from casework.records.records import Action, Discussion
from casework.storage.opening import open_casework
from data.contract.contract import code_sets
from data.store.store import Store
from metrics.answers.child.child import child, evidence
from metrics.engine.engine import Engine
from tests.pages.council import council_of, shown
from tests.pages.screen import Screen
from tests.support.copies import copy_of
from tests.support.scopes import asking
from words.dates import british

SCOPE = asking(roles=frozenset())
WHO = "Pat (clerk)"


@pytest.fixture(scope="module")
def listed(engine: Engine) -> str:
    """The child who is on the most lists."""
    frame = engine.children("hertfordshire", [rule.id for rule in engine.policies["hertfordshire"].rules], SCOPE)
    return frame[frame["name"].notna()]["child_id"].value_counts().index[0]


def test_every_list_that_the_child_is_on_is_there_with_its_rows(engine: Engine, listed: str):
    screen = Screen("child", child=listed)
    answer = child(engine, listed, SCOPE)
    on_list = answer.rules[answer.rules["on_list"]]
    assert len(on_list) > 1
    for row in on_list.to_dict("records"):
        rule = engine.rule("hertfordshire", row["rule"])
        shown = screen.rows(f"Extract rows behind: {rule.title}")
        expected = evidence(engine, listed, "hertfordshire", rule.id, SCOPE)
        assert [(line["What it says"], line["Row in the file"], line["Record ID"]) for line in shown] == [
            (line["says"], f"{line['source_row']:,}", line["record_id"]) for line in expected.to_dict("records")
        ]
        assert f"Since {british(row['since'])}" in screen.text


def test_a_limit_is_said_with_the_day_it_was_reached(engine: Engine):
    row = engine.children("hertfordshire", ["ltf_12m"], SCOPE).query("name.notna()").iloc[0]
    reached = f"limit of 12 months reached on {british(row['limit_date'])}, {row['days_over']:,} days over"
    words = f"Since {british(row['since'])}; {reached}"
    text = Screen("child", child=row["child_id"]).text
    assert words in text
    assert "The clock is recorded: it runs from the plans' own dates; the data loads have shown it since 31/10/2026." in text


def test_a_clock_that_runs_says_when_it_will_reach_its_limit(engine: Engine):
    row = engine.coming_next("hertfordshire", SCOPE).query("name.notna()").iloc[0]
    text = Screen("child", child=row["child_id"]).text
    assert "Limits coming up" in text
    assert f"reaches its limit on {british(row['limit_date'])}, in {row['due_in']} day" in text


def test_the_timeline_has_its_table(engine: Engine, listed: str):
    screen = Screen("child", child=listed)
    answer = child(engine, listed, SCOPE)
    assert len(screen.rows(f"The records of child {listed}")) == len(answer.timeline)
    (chart,) = screen.charts
    assert f"Timeline of child {listed}: {len(answer.timeline)} records" in chart.alt


def test_the_timeline_says_a_meeting_in_words_and_no_bar_has_a_letter_alone(engine: Engine, listed: str):
    meetings = child(engine, listed, SCOPE).timeline.query("lane == 'Meeting'")["label"]
    assert len(meetings) and not {label.split(" ")[0] for label in meetings} & set(code_sets()["meeting_type"].codes)
    (chart,) = Screen("child", child=listed).charts
    texts = [text for trace in chart.figure["data"] if trace["type"] == "bar" for text in trace["text"]]
    assert all(len(text) != 1 for text in texts) and any(texts)


def test_the_terms_of_the_day_are_the_spines(engine: Engine, listed: str):
    terms = child(engine, listed, SCOPE).terms
    text = Screen("child", child=listed).text
    assert f"Entered care {british(terms['entered_care'])} ({terms['weeks_in_care']} week" in text
    assert f"Team {terms['team']} Worker {terms['worker']}" in text


def test_the_page_without_a_child_says_what_to_do():
    assert "Type part of a name, an identifier or a date of birth into Find a child" in Screen("child").text


def test_an_unknown_identifier_is_said_as_it_was_typed():
    assert "There is no child with the identifier <b>7</b>, or you do not have access." in Screen("child", child="<b>7</b>").text


def test_a_child_who_is_not_in_care_on_the_day_is_on_no_list(engine: Engine, listed: str):
    entered = child(engine, listed, SCOPE).terms["entered_care"]
    screen = Screen("child", child=listed, date=f"{entered.replace(year=entered.year - 3):%Y-%m-%d}")
    assert "Not a child in care on" in screen.text
    assert "Not on any list on" in screen.text
    assert not screen.broken


def test_the_summary_is_offered_for_a_child_who_may_be_seen_and_for_nobody_else(listed: str):
    shown = Screen("child", child=listed).app.get("download_button")
    assert any(button.proto.label == "Download the child summary (Excel)" for button in shown)
    assert not Screen("child", child="nobody").app.get("download_button")


def test_each_list_stands_in_a_line_that_leads_to_its_evidence(engine: Engine, listed: str):
    screen = Screen("child", child=listed)
    answer = child(engine, listed, SCOPE)
    heading, *rows = screen.tables["Lists of Hertfordshire the child is on"]
    expected = answer.rules[answer.rules["on_list"]]
    assert [row[0][0] for row in rows] == [engine.rule("hertfordshire", rule).title for rule in expected["rule"]]
    for row, rule, days in zip(rows, expected["rule"], expected["days_over"], strict=True):
        assert row[0][1] == f"#why-hertfordshire-{rule}" and f'id="why-hertfordshire-{rule}"' in screen.html
        assert row[1][0].startswith(f"{days:,} day")


def test_the_chosen_policys_lists_come_first(every_policy_store: Store, tmp_path, monkeypatch):
    engine = shown(council_of(tmp_path / "store", "england", every_policy_store), monkeypatch)
    on = {
        policy: set(
            engine.children(policy, [rule.id for rule in engine.policies[policy].rules], SCOPE).query("name.notna()")["child_id"]
        )
        for policy in engine.policies
    }
    both = sorted(on["hertfordshire"] & on["england"])[0]
    for policy, other in (("hertfordshire", "england"), ("england", "hertfordshire")):
        screen = Screen("child", child=both, policy=policy)
        first = screen.html.index(f"Lists of {engine.policies[policy].name} the child is on")
        assert first < screen.html.index("Lists of other policies the child is on")
        assert screen.html.index(f'id="why-{policy}-') < screen.html.index(f'id="why-{other}-')


def test_the_last_decision_and_the_open_actions_of_panels_are_there(county_store: Store, tmp_path, monkeypatch, listed: str):
    store = copy_of(county_store, tmp_path / "store")
    monkeypatch.setenv("TRACKER_STORE", str(store.path))
    assert "No panel decision to show." in Screen("child", child=listed).text
    casework = open_casework(store.settings, store.path)
    for day, decision in ((date(2026, 9, 1), "Wait"), (date(2026, 10, 6), "Apply for the order")):
        panel = plan_panel(casework, "hertfordshire", day, WHO)
        save_discussion(casework, Discussion(panel.id, listed, frozenset(), "Words", decision), WHO)
        save_action(casework, Action(panel.id, listed, f"Do it after {decision}", "Ann", date(2026, 10, 20)), WHO)
    later = plan_panel(casework, "hertfordshire", date(2026, 11, 3), WHO)
    save_discussion(casework, Discussion(later.id, listed, frozenset(), "Words", "Not held yet on the reporting date"), WHO)
    done = save_action(casework, Action(panel.id, listed, "Already done", "Ann", date(2026, 10, 10)), WHO)
    complete_action(casework, done, date(2026, 10, 9), "Told", WHO)
    screen = Screen("child", child=listed)
    assert "Panel of 06/10/2026: Apply for the order." in screen.text and "Not held yet" not in screen.text
    rows = screen.rows("Open actions")
    assert [row["Action"] for row in rows] == ["Do it after Apply for the order", "Do it after Wait"]
    assert {row["State"] for row in rows} == {"open, 11 days overdue"}
