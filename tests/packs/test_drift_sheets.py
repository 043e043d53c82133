"""Drift in the panel's pack: the sheets say what the engine answers, child by child, and the identity holds in the file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas
import pytest

from data.contract.contract import EARLIER_RECORDS
from metrics.answers.drift.drift import flows, movements
from metrics.answers.reported import PANEL, ROW_COLUMNS, Reported
from metrics.answers.what_matters.words import LastPanel
from metrics.engine.engine import Engine
from metrics.engine.plain import plain_rows
from packs.panel.pack import write_panel_pack
from packs.panel.questions import ask_pack
from tests.packs.reading_back import number, read_pack, table, words
from tests.support.scopes import asking
from words.labels import RESTRICTED_RECORD

POLICY = "hertfordshire"
SEPTEMBER, NIGHT = date(2026, 9, 30), date(2026, 10, 31)
SINCE = LastPanel(date(2025, 10, 31), date(2025, 10, 31))


@pytest.fixture(scope="module")
def reported(engine: Engine) -> Reported:
    """A panel's list that lacks some children and has one too many."""
    every = [rule.id for rule in engine.policies[POLICY].rules]
    rows = engine.children(POLICY, every, asking(roles=None), SEPTEMBER).assign(in_care=True)[ROW_COLUMNS]
    ltf = rows[rows["rule"] == "ltf_12m"]
    rows = rows.drop(index=ltf.index[:3])
    extra = rows[rows["rule"] == "ltf_12m"].head(1).assign(rule="plan_residential")
    rows = rows.drop(index=rows[rows["rule"] == "plan_residential"].index[:2])
    rows = pandas.concat([rows, extra], ignore_index=True)
    rules = tuple(rule.id for rule in engine.policies[POLICY].rules)
    return Reported(SEPTEMBER, POLICY, "night", PANEL, "the panel of 05/10/2026", rows, rules)


def test_the_movements_are_the_answer_and_add_up(pack, engine):
    answer = movements(engine, POLICY, asking(), SEPTEMBER, NIGHT)
    for one, row in zip(answer.rules, table(pack["Drift"], "Figure"), strict=True):
        actual = [
            number(row[name])
            for name in ("Opening 30/09/2026, as now known", "Joined", "Left", "Closing 31/10/2026, as now known")
        ]
        assert row["Figure"] == one.rule.title
        assert actual == [one.opening, one.joined, one.left, one.closing]
        assert actual[0] + actual[1] - actual[2] == actual[3]
        assert (row["New"], row["Re-entered"], row["Resolved"], row["Left care"]) == (
            one.new, one.re_entered, one.resolved, one.left_care
        )  # fmt: skip
        assert "Moved in" not in row


def test_the_children_who_joined_or_left_are_the_answers_row_by_row(pack, engine):
    children = movements(engine, POLICY, asking(), SEPTEMBER, NIGHT).children
    changed = plain_rows(children[children["movement"] != "still"])
    rows = table(pack["Joined and left"], "Child ID")
    assert [(row["Movement"], row["Child ID"], row["Since"]) for row in rows] == [
        (child["movement"], child["child_id"], child["since"]) for child in changed
    ]
    for row, child in zip(rows, changed, strict=True):
        if child["movement"] == "left care" and child["child_id"] != RESTRICTED_RECORD:
            assert row["Why or where"].startswith(child["left_reason"])
    assert "Late recording" not in pack.sheetnames


def test_the_flows_close_with_the_list_and_have_a_chart_each(pack, engine):
    actual = flows(engine, POLICY, asking(), engine.trend_dates(NIGHT, 14))
    rows = table(pack["Flows"], "Children, in the month to")
    assert len(rows) == 3 * len(engine.policies[POLICY].rules)
    for place, rule in enumerate(engine.policies[POLICY].rules):
        for row, name in zip(rows[3 * place : 3 * place + 3], ("joined", "left", "closing"), strict=True):
            counts = [value for key, value in row.items() if isinstance(key, date)]
            assert counts == list(actual[actual["rule"] == rule.id][name])
    assert len(pack["Flows"]._charts) == len(engine.policies[POLICY].rules)
    for place, chart in enumerate(pack["Flows"]._charts):
        row = 5 + 3 * place
        assert [series.val.numRef.f for series in chart.series] == [f"'Flows'!$C${at}:$O${at}" for at in (row, row + 1)]


def test_from_a_list_that_was_reported_the_pack_has_the_late_recording(engine, reported, tmp_path):
    pack = read_pack(
        write_panel_pack(
            engine, tmp_path / "panel.xlsx", POLICY, last=LastPanel(SEPTEMBER, SEPTEMBER, reported), scope=asking(), full=True
        )
    )
    answer = movements(engine, POLICY, asking(), SEPTEMBER, NIGHT, reported=reported)
    rows = table(pack["Late recording"], "Child ID")
    assert [(row["Difference"], row["Child ID"]) for row in rows] == list(
        zip(answer.late["difference"], answer.late["child_id"], strict=True)
    )
    assert {row["Difference"] for row in rows} == {"recorded late", "taken off since"} and len(rows) == 6
    assert "by the panel of 05/10/2026" in pack["Drift"]["A2"].value
    openings = [row["Opening 30/09/2026, as reported"] for row in table(pack["Drift"], "Figure")]
    assert openings == [int((reported.rows["rule"] == rule.id).sum()) for rule in engine.policies[POLICY].rules]


def test_a_rule_the_panel_did_not_count_is_said_in_words(engine, reported, tmp_path):
    without = replace(reported, counted=tuple(rule for rule in reported.counted if rule != "ltf_12m"))
    pack = read_pack(
        write_panel_pack(
            engine, tmp_path / "panel.xlsx", POLICY, last=LastPanel(SEPTEMBER, SEPTEMBER, without), scope=asking(), full=True
        )
    )
    row = next(row for row in table(pack["Drift"], "Figure") if row["Figure"].startswith("Long-term fostering"))
    assert {value for name, value in row.items() if name != "Figure"} == {"not counted on 30/09/2026"}


def test_a_teams_pack_has_those_who_moved_in_and_out(engine, tmp_path):
    group = engine.groups(asking()).sort_values("children").iloc[-1]
    scope = asking(teams=(group["team"],))
    pack = read_pack(write_panel_pack(engine, tmp_path / "team.xlsx", POLICY, scope=scope, last=SINCE, full=True))
    answer = movements(engine, POLICY, scope, date(2025, 10, 31), NIGHT)
    rows = table(pack["Drift"], "Figure")
    assert [(row["Moved in"], row["Moved out"]) for row in rows] == [(one.moved_in, one.moved_out) for one in answer.rules]


def test_no_restricted_child_is_named_in_the_drift_sheets(engine, tmp_path):
    named = movements(engine, POLICY, asking(roles=None), date(2025, 10, 31), NIGHT).children
    hidden = movements(engine, POLICY, asking(), date(2025, 10, 31), NIGHT).children
    secret = set(named["child_id"]) - set(hidden["child_id"])
    pack = read_pack(write_panel_pack(engine, tmp_path / "panel.xlsx", POLICY, last=SINCE, scope=asking(), full=True))
    cells = {str(cell.value) for sheet in pack for row in sheet.iter_rows() for cell in row}
    assert secret and not secret & cells


@pytest.mark.parametrize("was_reported", [False, True])
def test_after_a_panel_a_load_that_shows_one_day_says_not_supplied_and_refuses_nothing(
    engine, reported, tmp_path, monkeypatch, was_reported
):
    """As an Annex A workbook does, which has no earlier records: the lists of the day stand, what moved since the panel is not supplied."""
    monkeypatch.setitem(engine.supplied, EARLIER_RECORDS, False)
    last = LastPanel(SEPTEMBER, SEPTEMBER, reported if was_reported else None)
    pack = ask_pack(engine, POLICY, None, asking(), last=last)
    assert all(one.absence and one.opening is None for one in pack.drift.movements.rules) and pack.drift.changed == ()
    assert any(headline.children for headline in pack.answers.headlines)
    read = read_pack(write_panel_pack(engine, tmp_path / "pack.xlsx", POLICY, scope=asking(), last=last, full=True))
    for row in table(read["Drift"], "Figure"):
        assert {row["Joined"], row["Left"], row["New"]} == {"not supplied"}
    said = words(read["Joined and left"])
    assert "Not supplied: The load of 31/10/2026 shows that day only" in said and "No child has" not in said
