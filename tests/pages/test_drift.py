"""Drift between panels: the table is the answer, the identity holds, and every child is where the movement says."""

from __future__ import annotations

from datetime import date

import pytest

from casework.freezing.freezing import freeze
from casework.freezing.frozen import Pack
from casework.storage.opening import open_casework
from metrics.answers.drift.drift import flows, movements
from metrics.engine.engine import Engine
from tests.pages.screen import Screen
from tests.support.copies import copy_of
from tests.support.scopes import asking

POLICY = "hertfordshire"
NOBODY = asking(roles=frozenset())
SEPTEMBER, NIGHT = date(2026, 9, 30), date(2026, 10, 31)
TABLE = "Movements on each list from 30/09/2026 to 31/10/2026"


@pytest.fixture(scope="module")
def answer(engine: Engine):
    return movements(engine, POLICY, NOBODY, SEPTEMBER, NIGHT)


def _numbers(row: dict[str, str]) -> list[int]:
    return [int(text.replace(",", "")) for name, text in row.items() if name != "Figure"]


def test_the_table_is_the_answer_from_the_month_end_before_to_the_reporting_date(answer):
    rows = Screen("drift").rows(TABLE)
    assert list(rows[0]) == [
        "Figure", "Opening 30/09/2026, as now known", "New", "Re-entered", "Joined", "Resolved", "Left care", "Left",
        "Closing 31/10/2026, as now known",
    ]  # fmt: skip
    for one, row in zip(answer.rules, rows, strict=True):
        opening, new, back, joined, resolved, ceased, left, closing = _numbers(row)
        assert (opening, new, back, resolved, ceased) == (one.opening, one.new, one.re_entered, one.resolved, one.left_care)
        assert opening + joined - left == closing
    assert sum(one.joined + one.left for one in answer.rules) > 5


def test_the_page_says_which_way_it_was_asked_and_what_was_looked_at():
    text = Screen("drift").text
    assert "County: from 30/09/2026 to 31/10/2026, as now known" in text
    assert "For every figure, opening plus joined minus left equals closing." in text
    assert "was on it at an earlier month end (31/10/2023 to 31/08/2026 were looked at)" in text


def test_the_children_are_those_of_the_movement_and_lead_to_their_pages(answer):
    rule = max(answer.rules, key=lambda one: one.left_care).rule
    for group, wanted in (("left", {"resolved", "left care"}), ("joined", {"new", "re-entered"}), ("still", {"still"})):
        screen = Screen("drift", rule=rule.id, moved=group)
        listed = answer.children[(answer.children["rule"] == rule.id) & answer.children["movement"].isin(wanted)]
        rows = screen.rows(f"{rule.title}: {group}") if len(listed) else []
        assert [row["Child ID"] for row in rows] == list(listed["child_id"])[:100]
        assert {row["Movement"] for row in rows} <= wanted
    _, *rows = Screen("drift", rule=rule.id, moved="left").tables[f"{rule.title}: left"]
    text, link = next(row[0] for row in rows if row[0][1])
    assert f"{text} · " in Screen.at(link).text


def test_who_left_care_has_the_reason_and_the_day(answer):
    left = answer.children[(answer.children["movement"] == "left care") & answer.children["name"].notna()].iloc[0]
    rows = Screen("drift", rule=left["rule"], moved="left").rows(f"{_title(answer, left['rule'])}: left")
    row = next(row for row in rows if row["Child ID"] == left["child_id"])
    assert row["Why or where"] == f"{left['left_reason']}, {left['left_date']:%d/%m/%Y}"


def _title(answer, rule_id: str) -> str:
    return next(one.rule.title for one in answer.rules if one.rule.id == rule_id)


def test_opening_and_closing_lead_to_as_many_children(answer):
    _, *rows = Screen("drift").tables[TABLE]
    for cell in (rows[0][1], rows[0][-1]):
        text, link = cell
        assert f"{answer.rules[0].rule.title}: {text} children on" in Screen.at(link).text


def test_those_who_joined_and_left_lead_to_as_many_children():
    head, *rows = Screen("drift").tables[TABLE]
    headings = [text for text, _ in head]
    pressed = [(row[0][0], name, *row[headings.index(name)]) for row in rows for name in ("Joined", "Left")]
    pressed = [(title, name.lower(), number, link) for title, name, number, link in pressed if link]
    for title, group, number, link in pressed[:4]:
        screen = Screen.at(link)
        assert len(screen.rows(f"{title}: {group}")) == int(number)
        # By this mark the browser knows the list to which the number has led.
        assert 'data-pressed="rule moved"' in screen.html
    assert {group for _, group, *_ in pressed[:4]} == {"joined", "left"}


def test_a_team_has_those_who_moved_in_and_out(engine: Engine):
    group = engine.groups(asking()).sort_values("children").iloc[-1]
    screen = Screen("drift", service=group["service"], team=group["team"], **{"from": "2025-10-31"})
    rows = screen.rows("Movements on each list from 31/10/2025 to 31/10/2026")
    actual = movements(engine, POLICY, asking((group["service"],), (group["team"],)), date(2025, 10, 31), NIGHT)
    assert [(int(row["Moved in"]), int(row["Moved out"])) for row in rows] == [
        (one.moved_in, one.moved_out) for one in actual.rules
    ]
    assert "Moved in and moved out: still on the county's list, with another team." in screen.text


def test_the_flows_are_the_engines_and_can_be_heard(engine: Engine):
    screen = Screen("drift", rule="no_current_plan")
    actual = flows(engine, POLICY, NOBODY, engine.trend_dates(NIGHT, 14), ("no_current_plan",))
    rows = screen.rows("Flows by month: No current plan")
    assert [int(row["Closing"]) for row in rows] == list(actual["closing"]) and len(rows) == 13
    (chart,) = screen.charts
    last = actual.iloc[-1]
    assert f"to 31/10/2026 joined {last['joined']}, left {last['left']}, closing {last['closing']}" in chart.alt
    bars = [trace for trace in chart.figure["data"] if trace["type"] == "bar"]
    # A number that does not fit into a low bar is neither turned on its side nor made smaller.
    assert [(bar["textangle"], bar["constraintext"]) for bar in bars] == [(0, "none")] * 2


def test_as_reported_on_the_nights_own_day_is_what_is_known(engine: Engine):
    screen = Screen("drift", **{"from": "2026-10-31", "as": "reported"})
    assert "from 31/10/2026 to 31/10/2026, as reported" in screen.text
    assert "is the one that was reported then, by the load of 31/10/2026" in screen.text
    assert "With everything recorded since, 0 children more would have been on the list of 31/10/2026" in screen.text


def test_a_day_whose_night_is_not_kept_is_said_and_shown_as_now_known():
    screen = Screen("drift", **{"as": "reported"})
    assert "The list of 30/09/2026 cannot be shown as it was reported: no data load of that day is kept" in screen.alerts[0]
    assert "as now known" in screen.text


def test_any_day_can_be_the_first_and_one_after_the_reporting_date_cannot():
    assert "from 12/10/2026 to 31/10/2026" in Screen("drift", **{"from": "2026-10-12"}).text
    assert "which is not available here" in Screen("drift", **{"from": "2026-11-01"}).text
    assert "which is not available here" in Screen("drift", **{"from": "2026-10-01", "date": "2026-09-15"}).text


def test_choosing_a_first_date_puts_it_into_the_address():
    screen = Screen("drift")
    screen.app.selectbox(key="first date").set_value("31/08/2026").run()
    assert "from 31/08/2026 to 31/10/2026" in screen.text
    assert screen.app.query_params["from"] == "2026-08-31"


def test_a_restricted_record_is_counted_and_names_nobody(engine: Engine):
    hidden = movements(engine, POLICY, NOBODY, date(2025, 10, 31), NIGHT).children
    restricted = hidden[hidden["name"].isna()]
    assert len(restricted) > 0
    named = movements(engine, POLICY, asking(roles=None), date(2025, 10, 31), NIGHT).children
    secret = set(named["child_id"]) - set(hidden["child_id"])
    rule = restricted["rule"].iloc[0]
    screen = Screen("drift", rule=rule, moved="all", **{"from": "2025-10-31"})
    assert secret and not any(identifier in screen.html for identifier in secret)


def test_a_frozen_panel_is_offered_by_its_date_and_its_list_is_what_was_reported(engine, county_store, tmp_path, monkeypatch):
    store = copy_of(county_store, tmp_path / "store")
    casework = open_casework(store.settings, store.path)
    freeze(casework, engine, POLICY, date(2026, 10, 12), "Pat Clerk", Pack("p.xlsx", b"p"), as_at=date(2026, 10, 1))
    casework.close()
    monkeypatch.setenv("TRACKER_STORE", str(store.path))
    screen = Screen("drift", **{"from": "2026-10-01", "as": "reported"})
    assert "01/10/2026 (panel of 12/10/2026)" in screen.app.selectbox(key="first date").options
    assert "is the one that was reported then, by the panel of 12/10/2026, as it was frozen on" in screen.text
    assert "With everything recorded since, 0 children more would have been on the list of 01/10/2026" in screen.text
