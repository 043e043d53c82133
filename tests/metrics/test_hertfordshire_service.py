"""Hertfordshire's service level: its cases, and its rules against the obvious reading."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort

from data.settings import Settings
from metrics.child import HERE as METRICS
from metrics.counting import list_children
from metrics.policy import FOLDER, policies_in_use, read_policy
from metrics.spine import build_spine
from tests.builder import Records
from tests.metrics.cases import hertfordshire_drift, hertfordshire_journeys, hertfordshire_meetings
from tests.metrics.cases.milestones import MilestoneCase
from tests.metrics.comparing import differences, tables_missing
from tests.metrics.one_night import own, together
from tests.obvious.hertfordshire_service import MEASURES, MILESTONES, milestones, rule_list
from tests.product import product_connection
from tests.strategies_hertfordshire import make_world, worlds

SETTINGS = Settings(policies=("hertfordshire_service",))
CASES = (*hertfordshire_meetings.CASES, *hertfordshire_drift.CASES, *hertfordshire_journeys.CASES)
STATES = "select rule, as_at, child_id, since, limit_date, done_date, state, detail from milestone"
LISTS = "select rule, as_at, child_id, since, limit_date, days_over, detail from listed where days_over >= 0"
MISSING = "select rule from rule_state where missing is not null"


def answered_by_the_product(records: Records, days: list[date]):
    """The connection after a night's work, for whoever asks more of it."""
    connection = product_connection(records, tables_missing(records))
    build_spine(connection, days, SETTINGS)
    list_children(connection, policies_in_use(SETTINGS).values(), days, SETTINGS)
    return connection


def product(records: Records, days: list[date]) -> dict[tuple[str, date], dict[str, tuple]]:
    """{(rule, day): {child: answer}}: (since, due, done, state, detail) of a milestone, (since, limit, over, detail) of a list."""
    connection = answered_by_the_product(records, days)
    missing = {rule for (rule,) in connection.execute(MISSING).fetchall()}
    answers: dict = {(rule, day): {} for rule in (*MILESTONES, *MEASURES) if rule not in missing for day in days}
    for rules, sql in ((MILESTONES, STATES), (MEASURES, LISTS)):
        for rule, day, child, *answer in connection.execute(sql).fetchall():
            if rule in rules:
                answers[(rule, day)][child] = tuple(answer)
    return answers


def obvious(records: Records, days: list[date]) -> dict[tuple[str, date], dict[str, tuple]]:
    """The same, by the obvious reading."""
    states = {(rule, day): milestones(records, rule, day, SETTINGS) for rule in MILESTONES for day in days}
    return states | {(rule, day): rule_list(records, rule, day, SETTINGS) for rule in MEASURES for day in days}


@pytest.fixture(scope="module")
def answered() -> dict[int, dict]:
    """{id of a case: {child: the product's answer}}, from one night for the cases with every file."""
    found = {}
    whole = [case for case in CASES if not tables_missing(case.records)]
    answers = product(together([case.records for case in whole]), sorted({case.as_at for case in whole}))
    for number, case in enumerate(whole):
        found[id(case)] = own(answers[(case.rule, case.as_at)], number)
    for case in CASES:
        if id(case) not in found:
            found[id(case)] = product(case.records, [case.as_at])[(case.rule, case.as_at)]
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.sentence}")
def test_a_rules_boundary_day(case, answered):
    for children in (answered[id(case)], obvious(case.records, [case.as_at])[(case.rule, case.as_at)]):
        if isinstance(case, MilestoneCase):
            assert {child: (state, due, done) for child, (_, due, done, state, _) in children.items()} == case.expected
            assert case.detail in (None, *(answer[-1] for answer in children.values()))
        else:
            assert {child: answer[:3] for child, answer in children.items()} == case.expected
            assert {child: children[child][3] for child in case.details} == case.details


def test_every_rule_has_its_boundary_cases_and_no_two_promise_the_same_thing():
    counts = {rule: sum(case.rule == rule for case in CASES) for rule in (*MILESTONES, *MEASURES)}
    assert min(counts.values()) >= 5, counts
    assert {rule.id for rule in read_policy(FOLDER / "hertfordshire_service.toml").rules} == set(counts)
    sentences = [(case.rule, case.sentence) for case in CASES]
    assert sorted(set(sentences)) == sorted(sentences)


def test_all_that_a_rule_names_as_evidence_is_there():
    topics = {topic for policy in policies_in_use(SETTINGS).values() for rule in policy.rules for topic in rule.measure.evidence}
    assert {topic for topic in topics if not (METRICS / "evidence" / f"{topic}.sql").exists()} == set()


@given(worlds())
@effort(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_product_and_the_obvious_reading_agree_on_a_small_world(world):
    assert differences(product(*world), obvious(*world)) == []


def test_they_agree_on_hundreds_of_worlds_and_the_worlds_are_worth_asking_about():
    some = [make_world(Random(seed)) for seed in range(300)]
    details, states = set(), set()
    for start in range(0, len(some), 60):
        group = some[start : start + 60]
        all_days = sorted({day for _, days in group for day in days})
        answers = product(together([records for records, _ in group]), all_days)
        for number, (records, days) in enumerate(group):
            told = {key: own(children, number) for key, children in answers.items() if key[1] in days}
            assert differences(told, obvious(records, days)) == []
            details |= {(rule, answer[-1]) for (rule, _), children in told.items() for answer in children.values()}
            states |= {(rule, c[3]) for (rule, _), children in told.items() if rule in MILESTONES for c in children.values()}
    assert {rule for rule, _ in details} == {*MILESTONES, *MEASURES}
    assert {state for _, state in states} == {"overdue", "due", "done in time", "done late"}
    stages = {detail for rule, detail in details if rule == "connected_assessment_open"}
    assert stages == {"referral", "viability", "assessment", "panel", "court"}
    assert len({detail for rule, detail in details if rule == "pre_adm"}) == 3
    assert len({detail for rule, detail in details if rule == "post_adm"}) == 5
    assert len({detail for rule, detail in details if rule == "ltf_awaiting_match"}) == 3
