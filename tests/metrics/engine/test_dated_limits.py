"""A council's dated limit, on lists and on milestones alike: the day before it changes, the day, and the day after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, strategies
from hypothesis import settings as effort

from data.settings import Settings
from metrics.engine.counting import list_children
from metrics.engine.policies import policies_in_use
from metrics.spine import build_spine
from tests.deep import examples
from tests.generated.national import make_case
from tests.metrics.comparing import differences, tables_missing
from tests.metrics.one_night import together
from tests.reference import limits as reference_limits
from tests.reference.england import milestones
from tests.support.builder import child, records
from tests.support.product import product_connection, product_lists

POLICIES = ("england",)
FIRST, SECOND, LATER, VISIT = RULES = ("first_review_20d", "second_review_3m", "later_review_6m", "visit_1w")


def _settings(rule: str, *steps: tuple[date, int, str]) -> Settings:
    entries = tuple({unit: amount, "from": starts} for starts, amount, unit in steps)
    return Settings(policies=POLICIES, limits={"england": {rule: entries}})


def _of_one_rule(night, days: list[date], settings: Settings, rule: str) -> dict:
    """{day: {child: (since, due, done, state)}} of one milestone, by the product."""
    connection = product_connection(night, tables_missing(night))
    build_spine(connection, days, settings)
    return _listed(connection, days, settings, rule)


def _listed(connection, days: list[date], settings: Settings, rule: str) -> dict:
    england = policies_in_use(settings)["england"]
    list_children(connection, [replace(england, rules=(england.rule(rule),))], days, settings)
    rows = connection.execute("select as_at, child_id, since, limit_date, done_date, state from milestone").fetchall()
    return {day: {name: tuple(answer) for as_at, name, *answer in rows if as_at == day} for day in days}


# Entered care on Monday 2 March 2026: 20 working days are 30 March, 10 are 16 March.
ENTRY, CHANGE = "2026-03-02", date(2026, 3, 20)


def test_a_milestone_that_is_not_done_is_due_by_the_limit_of_the_reporting_date():
    expected = {
        date(2026, 3, 19): (date(2026, 3, 30), None, "due"),
        date(2026, 3, 20): (date(2026, 3, 16), None, "overdue"),
        date(2026, 3, 21): (date(2026, 3, 16), None, "overdue"),
    }
    night, settings = records(child("A", "2015-01-01").in_care(ENTRY)), _settings(FIRST, (CHANGE, 10, "working_days"))
    found = _of_one_rule(night, list(expected), settings, FIRST)
    assert found == {day: {"A": (date(2026, 3, 2), *answer)} for day, answer in expected.items()}


def test_a_milestone_that_was_done_is_judged_by_the_limit_of_the_day_on_which_it_was_done():
    """Whatever the reporting date."""
    expected = {
        "2026-03-19": (date(2026, 3, 30), "done in time"),
        "2026-03-20": (date(2026, 3, 16), "done late"),
        "2026-03-21": (date(2026, 3, 16), "done late"),
    }
    days, settings = [date(2026, 3, 31), date(2026, 12, 31)], _settings(FIRST, (CHANGE, 10, "working_days"))
    night = records(*(child(held, "2015-01-01").in_care(ENTRY).review(held) for held in expected))
    answers = {held: (date(2026, 3, 2), due, date.fromisoformat(held), state) for held, (due, state) in expected.items()}
    assert _of_one_rule(night, days, settings, FIRST) == dict.fromkeys(days, answers)


def test_a_longer_limit_gives_time_from_its_own_day_on():
    night = records(child("A", "2015-01-01").in_care(ENTRY))
    settings = _settings(FIRST, (date(2026, 4, 10), 3, "months"))
    found = _of_one_rule(night, [date(2026, 4, day) for day in (9, 10, 11)], settings, FIRST)
    states = [answers["A"][1:4] for answers in found.values()]
    assert states == [(date(2026, 3, 30), None, "overdue"), *[(date(2026, 6, 2), None, "due")] * 2]


def _listed_on(night, days: list[date], settings: Settings) -> list[bool]:
    """Whether the child is on the return-home list of each day."""
    lists = product_lists(night, days, settings)
    return ["A" in lists["return_home_6m", day] for day in days]


def test_a_list_takes_a_shorter_limit_from_the_very_day_whenever_the_clock_started():
    days = [date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 2)]
    night = records(child("A", "2015-01-01").in_care("2026-01-31").plan("RETURN6M", "2026-05-31"))
    settings = Settings(limits={"hertfordshire": {"return_home_6m": {"months": 4, "from": date(2026, 10, 1)}}})
    assert _listed_on(night, days, settings) == [False, True, True]


def test_a_list_may_have_a_limit_in_working_days():
    # Ten working days after Friday 29 May 2026 are Friday 12 June.
    night = records(child("A", "2015-01-01").in_care("2026-01-31").plan("RETURN6M", "2026-05-29"))
    settings = Settings(limits={"hertfordshire": {"return_home_6m": {"working_days": 10}}})
    assert _listed_on(night, [date(2026, 6, 11), date(2026, 6, 12)], settings) == [False, True]


def test_a_limit_of_no_working_days_is_reached_on_the_day_itself_also_at_a_weekend():
    # 29 August 2026 is a Saturday, and the Monday after it a bank holiday.
    night = records(child("A", "2015-01-01").in_care("2026-08-29"))
    settings = _settings(FIRST, (date(2026, 1, 1), 0, "working_days"))
    day, same = date(2026, 8, 31), date(2026, 8, 29)
    assert _of_one_rule(night, [day], settings, FIRST) == {day: {"A": (same, same, None, "overdue")}}


STEPS = strategies.lists(
    strategies.tuples(
        strategies.integers(-400, 30),
        strategies.integers(0, 30),
        strategies.sampled_from(("months", "weeks", "days", "working_days")),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda step: step[0],
)


@pytest.fixture(scope="module")
def small_cases():
    """A connection over twelve generated cases at once, their days, and {rule: {day: {child: answer}}} by the reference reading without
    limits.
    """
    random = Random(11)
    made = [make_case(random) for _ in range(12)]
    night, days = together([one for one, _ in made]), sorted({day for _, some in made for day in some})[:6]
    connection = product_connection(night, tables_missing(night))
    settings = Settings(policies=POLICIES)
    build_spine(connection, days, settings)
    return connection, days, {rule: {day: milestones(night, rule, day, settings) for day in days} for rule in RULES}


@given(strategies.data())
@effort(max_examples=examples(3, 25), deadline=None, suppress_health_check=list(HealthCheck))
def test_limits_agree_with_the_reference_reading_on_every_milestone_of_generated_cases(small_cases, data):
    connection, days, plain = small_cases
    rule, steps = data.draw(strategies.sampled_from(RULES)), data.draw(STEPS)
    dated = [(max(days) + timedelta(days=offset), amount, unit) for offset, amount, unit in steps]
    expected = {
        day: {name: reference_limits.milestone(answer, day, dated) for name, answer in answers.items()}
        for day, answers in plain[rule].items()
    }
    assert differences(_listed(connection, days, _settings(rule, *dated), rule), expected) == []
