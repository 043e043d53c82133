"""England's timescales and stability: every worked example checked against the product and the reference reading."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import partial
from random import Random

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort

from data.settings import Settings
from metrics.engine.policy import FOLDER
from metrics.engine.policy_files import read_policy
from tests.deep import examples
from tests.generated.national import generated_cases, make_case
from tests.metrics.cases import england_homes, england_reviews
from tests.metrics.cases.milestones import MilestoneCase
from tests.metrics.comparing import answers_by_case, differences, milestones_and_lists, tables_missing, told_of_cases
from tests.reference.england import MEASURES, MILESTONES, milestones, rule_list
from tests.reference.limits import apart

SETTINGS = Settings(policies=("england",))
CASES = (*england_reviews.CASES, *england_homes.CASES)
# Slough has the same rule over the same measure, with its cases.
SHARED = {"proceedings_26w"}


# Half of the generated children entered care before the records, and a policy may apply from a day of its own.
BACKLOG = Settings(policies=("england",), records_from=date(2021, 6, 1), applies_from={"england.visit_1w": date(2023, 6, 1)})


def product(night, days, settings=SETTINGS) -> dict:
    """{(rule, day): {child: answer}}: (since, due, done, state, detail) of a milestone, (since, limit, over, detail) of a list."""
    return milestones_and_lists(night, days, settings, MILESTONES, MEASURES)


def reference(night, keys) -> dict:
    """The same, by the reference reading; milestones without their detail."""
    read = {True: milestones, False: rule_list}
    return {(rule, day): read[rule in MILESTONES](night, rule, day, SETTINGS) for rule, day in keys}


def with_backlog(answers: dict) -> dict:
    """The reference reading's answers, with what began before the records or the policy apart."""
    applies = BACKLOG.applies_from
    return {
        (rule, day): {
            child: apart(answer, BACKLOG.records_from, applies.get(f"england.{rule}")) for child, answer in children.items()
        }
        if rule in MILESTONES
        else children
        for (rule, day), children in answers.items()
    }


def without_details(answers: dict) -> dict:
    """A milestone's detail is not compared: it says the same dates in words."""
    return {
        key: {child: answer[:4] for child, answer in children.items()} if key[0] in MILESTONES else children
        for key, children in answers.items()
    }


@pytest.fixture(scope="module")
def answered() -> dict[int, dict]:
    """{id of a case: {child: the product's answer}}."""
    return answers_by_case(CASES, product, without={})


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.sentence}")
def test_a_rules_boundary_day(case, answered):
    key = (case.rule, case.as_at)
    readings = [answered[id(case)]]
    if not tables_missing(case.records):
        readings.append(reference(case.records, [key])[key])
    for children in readings:
        if isinstance(case, MilestoneCase):
            assert {child: (state, due, done) for child, (_, due, done, state, *_) in children.items()} == case.expected
        else:
            assert {child: answer[:3] for child, answer in children.items()} == case.expected
            assert {child: children[child][3] for child in case.details} == case.details
    if isinstance(case, MilestoneCase) and case.detail is not None:
        assert [answer[4] for answer in answered[id(case)].values()] == [case.detail]


def test_every_rule_has_its_boundary_cases_and_no_two_say_the_same():
    counts = Counter(case.rule for case in CASES)
    assert {rule.id for rule in read_policy(FOLDER / "england.toml").rules} == {*counts, *SHARED} == {*MILESTONES, *MEASURES}
    assert min(counts.values()) >= 5, counts
    said = [(case.rule, case.sentence) for case in CASES]
    assert sorted(set(said)) == sorted(said)


@given(generated_cases())
@effort(max_examples=examples(2, 60), deadline=None, suppress_health_check=list(HealthCheck))
def test_they_agree_on_every_list_of_a_generated_case(generated):
    answers = product(*generated)
    assert differences(without_details(answers), reference(generated[0], answers)) == []


def test_they_agree_on_many_generated_cases_and_the_generated_cases_are_worth_asking_about():
    some = [make_case(Random(seed)) for seed in range(100, 100 + examples(60, 800))]
    states, listed = set(), set()
    for night, _, actual in told_of_cases(some, partial(product, settings=BACKLOG), 60):
        assert differences(without_details(actual), with_backlog(reference(night, actual))) == []
        listed |= {rule for (rule, _), children in actual.items() if children}
        states |= {(rule, a[3]) for (rule, _), children in actual.items() if rule in MILESTONES for a in children.values()}
    assert listed == {*MILESTONES, *MEASURES}
    assert {(rule, state) for rule in MILESTONES for state in ("due", "overdue")} <= states
    done = {(rule, state) for rule in MILESTONES[:2] + ("visit_1w",) for state in ("done in time", "done late")}
    assert done <= states
    assert {("visit_1w", "before the policy"), ("first_review_20d", "before the records")} <= states
