"""Child: the record, every list with the rows that say why, and the timeline with its table."""

from __future__ import annotations

import pytest

from metrics.answers.child.child import child, evidence
from metrics.engine.engine import Engine
from tests.pages.screen import Screen
from tests.support.scopes import asking
from words.dates import british

SCOPE = asking(roles=frozenset())


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
    (chart,) = screen.app.get("plotly_chart")
    assert f"Timeline of child {listed}: {len(answer.timeline)} records" in chart.proto.alt


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
