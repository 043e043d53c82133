"""A list of *more than* a limit: the day before the limit, the day, and the day after, on lists, in figures and in what is coming."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.settings import Settings
from metrics.engine.policy_files import read_policy
from tests.metrics.cases.national_child import national
from tests.support.builder import records
from tests.support.reference_engine import RecordsEngine
from tests.support.scopes import asking

POLICY, RULE = "slough", "pre_proceedings_16w"
# Sixteen weeks after the decision of 31 January 2025.
BEFORE, LIMIT, AFTER = date(2025, 5, 22), date(2025, 5, 23), date(2025, 5, 24)
SETTINGS = Settings(policies=(POLICY, "england"))


@pytest.fixture(scope="module")
def engine() -> RecordsEngine:
    served = national().in_care("2024-12-01").before_court("2025-01-31").proceedings("2024-11-29")
    return RecordsEngine(records(served), (BEFORE, LIMIT, AFTER), SETTINGS)


def _on_list(engine: RecordsEngine, rule: str = RULE, policy: str = POLICY) -> dict[date, list[int]]:
    return {day: engine.children(policy, [rule], asking(), day)["days_over"].tolist() for day in engine.reporting_dates}


def test_the_list_begins_the_day_after_the_limit(engine):
    assert _on_list(engine) == {BEFORE: [], LIMIT: [], AFTER: [1]}


@pytest.mark.parametrize("by", ["county", "worker"])
def test_the_figure_is_the_length_of_the_list(engine, by):
    frame = engine.figures(POLICY, asking(), by, engine.reporting_dates)
    assert frame[frame["rule"] == RULE]["children"].tolist() == [0, 0, 1]


def test_on_the_day_of_the_limit_the_child_is_still_to_come(engine):
    coming = {day: engine.coming_next(POLICY, asking(), day) for day in engine.reporting_dates}
    due_in = {day: frame[frame["rule"] == RULE]["due_in"].tolist() for day, frame in coming.items()}
    assert due_in == {BEFORE: [1], LIMIT: [0], AFTER: []}


def test_the_limit_date_stays_the_clock_and_the_limit(engine):
    (row,) = engine.children(POLICY, [RULE], asking(), AFTER).to_dict("records")
    assert (row["since"].date(), row["limit_date"].date()) == (date(2025, 1, 31), LIMIT)


def test_a_limit_of_so_much_or_more_begins_on_the_day_itself(engine):
    # Proceedings issued on 29 November 2024: 26 weeks are over with 30 May, so the regulation's list begins that day.
    days = [date(2025, 5, 29), date(2025, 5, 30), date(2025, 5, 31)]
    later = RecordsEngine(records(national().in_care("2024-12-01").proceedings("2024-11-29")), days, SETTINGS)
    listed = _on_list(later, "proceedings_26w", "england")
    assert list(listed.values()) == [[], [0], [1]]
    assert list(_on_list(later, "proceedings_26w").values()) == [[], [], [1]]


def test_a_councils_own_limit_is_passed_in_the_same_way():
    settings = Settings(policies=(POLICY,), limits={POLICY: {RULE: {"weeks": 2, "from": date(2025, 1, 1)}}})
    days = [date(2025, 2, 13), date(2025, 2, 14), date(2025, 2, 15)]
    engine = RecordsEngine(records(national().before_court("2025-01-31")), days, settings)
    assert list(_on_list(engine).values()) == [[], [], [1]]
    assert engine.rule(POLICY, RULE).limit_on(days[0]).words == "more than 2 weeks"


def _problem(folder: Path, key: str, measure: str = "in_proceedings", limit: str = "limit = { weeks = 26 }") -> str:
    path = folder / "ours.toml"
    path.write_text(
        '[policy]\nid = "ours"\nname = "Ours"\ndocument = "Ours"\n\n[[rule]]\nid = "one"\ntitle = "One"\n'
        f'measure = "{measure}"\nlevel = "child"\nwording = "More than."\nsource = "1"\n{limit}\n{key}\n',
        encoding="utf-8",
    )
    return read_policy(path).rules[0].problem


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (('reached = "later"',), "line 14, rule 'one', key 'reached': 'later' is not one of on, after"),
        (('reached = "after"', "in_proceedings", ""), "the rule has no limit to be passed"),
        (('reached = "after"', "plan_by_second_review", ""), "plan_by_second_review is a milestone"),
    ],
)
def test_a_policy_that_uses_it_wrongly_is_told_so(tmp_path, arguments, says):
    assert says in _problem(tmp_path, *arguments)
    assert _problem(tmp_path, 'reached = "after"') == ""
