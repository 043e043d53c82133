"""Hertfordshire's service level: its cases, and its rules against the reference reading."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort

from data.settings import Settings
from metrics.engine.catalogue import evidence_topics
from metrics.engine.policies import policies_in_use
from metrics.engine.policy import FOLDER
from metrics.engine.policy_files import read_policy
from tests.deep import examples
from tests.generated.hertfordshire import generated_cases, make_case
from tests.metrics.cases import (
    hertfordshire_drift,
    hertfordshire_journeys,
    hertfordshire_meetings,
    hertfordshire_papers,
    siblings,
)
from tests.metrics.cases.milestones import MilestoneCase
from tests.metrics.comparing import answers_by_case, differences, milestones_and_lists, tables_missing, told_of_cases
from tests.reference.hertfordshire_service import MEASURES, MILESTONES, milestones, rule_list
from tests.support.builder import Records

SETTINGS = Settings(policies=("hertfordshire_service",))
CASES = (
    *hertfordshire_meetings.CASES,
    *hertfordshire_drift.CASES,
    *hertfordshire_journeys.CASES,
    *hertfordshire_papers.CASES,
    *siblings.APART_CASES,
    *siblings.DUE_CASES,
    *siblings.UNDECIDED_CASES,
)


def product(records: Records, days: list[date]) -> dict[tuple[str, date], dict[str, tuple]]:
    """{(rule, day): {child: answer}}: (since, due, done, state, detail) of a milestone, (since, limit, over, detail) of a list."""
    return milestones_and_lists(records, days, SETTINGS, MILESTONES, MEASURES)


def reference(records: Records, days: list[date]) -> dict[tuple[str, date], dict[str, tuple]]:
    """The same, by the reference reading."""
    states = {(rule, day): milestones(records, rule, day, SETTINGS) for rule in MILESTONES for day in days}
    return states | {(rule, day): rule_list(records, rule, day, SETTINGS) for rule in MEASURES for day in days}


@pytest.fixture(scope="module")
def answered() -> dict[int, dict]:
    """{id of a case: {child: the product's answer}}."""
    return answers_by_case(CASES, product, without=None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.sentence}")
def test_a_rules_boundary_day(case, answered):
    readings = [answered[id(case)]]
    if readings[0] is not None:
        readings.append(reference(case.records, [case.as_at])[(case.rule, case.as_at)])
    for children in readings:
        if children is None:
            assert tables_missing(case.records) and not case.expected
        elif isinstance(case, MilestoneCase):
            assert {child: (state, due, done) for child, (_, due, done, state, _) in children.items()} == case.expected
            assert case.detail in (None, *(answer[-1] for answer in children.values()))
        else:
            assert {child: answer[:3] for child, answer in children.items()} == case.expected
            assert {child: children[child][3] for child in case.details} == case.details


def test_every_rule_has_its_boundary_cases_and_no_two_say_the_same():
    counts = {rule: sum(case.rule == rule for case in CASES) for rule in (*MILESTONES, *MEASURES)}
    assert min(counts.values()) >= 5, counts
    assert {rule.id for rule in read_policy(FOLDER / "hertfordshire_service.toml").rules} == set(counts)
    sentences = [(case.rule, case.sentence) for case in CASES]
    assert sorted(set(sentences)) == sorted(sentences)


def test_all_that_a_rule_names_as_evidence_is_there():
    topics = {topic for policy in policies_in_use(SETTINGS).values() for rule in policy.rules for topic in rule.measure.evidence}
    assert topics <= set(evidence_topics())


@given(generated_cases())
@effort(max_examples=examples(2, 60), deadline=None, suppress_health_check=list(HealthCheck))
def test_the_product_and_the_reference_reading_agree_on_a_generated_case(generated):
    assert differences(product(*generated), reference(*generated)) == []


def test_they_agree_on_many_generated_cases_and_the_generated_cases_are_worth_asking_about():
    some = [make_case(Random(seed)) for seed in range(26, 26 + examples(80, 1200))]
    details, states = set(), set()
    for records, days, actual in told_of_cases(some, product, 80):
        assert differences(actual, reference(records, days)) == []
        details |= {(rule, answer[-1]) for (rule, _), children in actual.items() for answer in children.values()}
        states |= {(rule, c[3]) for (rule, _), children in actual.items() if rule in MILESTONES for c in children.values()}
    assert {rule for rule, _ in details} == {*MILESTONES, *MEASURES}
    assert {state for _, state in states} == {"overdue", "due", "done in time", "done late", "done", "no date"}
    connected = {detail for rule, detail in details if rule == "connected_assessment_open"}
    assert {detail.split("; ")[0] for detail in connected} == {"referral", "viability", "assessment", "panel", "court"}
    assert any("delay, or a record to close" in detail for detail in connected)
    assert len({detail for rule, detail in details if rule == "pre_adm"}) == 3
    assert len({detail for rule, detail in details if rule == "post_adm"}) == 5
    assert len({detail for rule, detail in details if rule == "ltf_awaiting_match"}) == 2
    assert len({detail for rule, detail in details if rule == "ltf_awaiting_ratification"}) >= 2
    assert {detail for rule, detail in details if rule == "adopted"} == {"adopted", "special guardianship", "child arrangements"}
    assert len({detail.split("; ")[1].split(":")[0] for rule, detail in details if rule == "three_moves_under_12"}) == 3
