"""Salford's key stages: every worked example checked against the product and the reference reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from metrics.engine.policies import policies_in_use
from tests.deep import examples
from tests.generated.salford import SETTINGS, generated_cases, make_case
from tests.metrics.cases import salford
from tests.metrics.comparing import differences, tables_missing
from tests.metrics.one_night import own, together
from tests.reference import salford as reference
from tests.reference.salford import CONSULTATION, RULES, consultation_possible, stages
from tests.support.asked_once import asked_once
from tests.support.product import count_rules, product_connection

STAGES = """
select rule, as_at, child_id, state, since, limit_date, done_date, detail
from milestone
"""
POSSIBLE = """
select as_at, child_id, since, limit_date, on_list, detail
from listed
where rule = 'consultation_review_possible'
"""


@pytest.fixture(scope="module", autouse=True)
def _the_reference_reads_once() -> Iterator[None]:
    """Some forty stages ask the same of a day."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reference, "spine", asked_once(reference.spine))
        patch.setattr(reference, "left_care", asked_once(reference.left_care))
        yield


def product_stages(night, days) -> tuple[dict, dict]:
    """{(rule, day): {child: (state, since, due, done)}}, and {(rule, day): {child: detail}}, by the product."""
    connection = product_connection(night, tables_missing(night))
    count_rules(connection, days, SETTINGS)
    found = {(rule, day): {} for rule in (*RULES, CONSULTATION) for day in days}
    details = {key: {} for key in found}
    for rule, day, child, state, since, due, done, detail in connection.execute(STAGES).fetchall():
        found[(rule, day)][child] = (state, since, due, done)
        details[(rule, day)][child] = detail
    for day, child, since, limit, possible, detail in connection.execute(POSSIBLE).fetchall():
        found[(CONSULTATION, day)][child] = (since, limit, possible)
        details[(CONSULTATION, day)][child] = detail
    return found, details


def reference_stages(night, days) -> dict:
    """{(rule, day): {child: (state, since, due, done)}}, by the reference reading."""
    found = {(rule, day): stages(night, rule, day, SETTINGS) for rule in RULES for day in days}
    return found | {(CONSULTATION, day): consultation_possible(night, day, SETTINGS) for day in days}


def answer_of(case, found: dict) -> dict:
    """As a case puts it: {child: (state, due, done)}. A consultation review is possible, or it is not yet."""
    if case.rule != CONSULTATION:
        return {child: (state, due, done) for child, (state, _, due, done) in found.items()}
    return {child: ("possible" if possible else "not yet", limit, None) for child, (_, limit, possible) in found.items()}


@pytest.fixture(scope="module")
def product_answers():
    """{id of a case: (answer, details)}; the cases share one night."""
    night = together([case.records for case in salford.CASES])
    found, details = product_stages(night, sorted({case.as_at for case in salford.CASES}))
    return {
        id(case): (own(found[(case.rule, case.as_at)], number), own(details[(case.rule, case.as_at)], number))
        for number, case in enumerate(salford.CASES)
    }


@pytest.mark.parametrize("case", salford.CASES, ids=lambda case: f"{case.rule}: {case.sentence}")
def test_the_product_agrees_with_the_worked_example(case, product_answers):
    found, details = product_answers[id(case)]
    assert answer_of(case, found) == case.expected
    if case.detail is not None:
        assert list(details.values()) == [case.detail]


@pytest.mark.parametrize("case", salford.CASES, ids=lambda case: f"{case.rule}: {case.sentence}")
def test_the_reference_reading_agrees_with_the_worked_example(case):
    assert answer_of(case, reference_stages(case.records, [case.as_at])[(case.rule, case.as_at)]) == case.expected


def test_every_stage_has_at_least_four_cases():
    counts = Counter(case.rule for case in salford.CASES)
    assert {rule: counts[rule] for rule in (*RULES, CONSULTATION) if counts[rule] < 4} == {}


def test_no_two_cases_of_a_stage_say_the_same():
    said = [(case.rule, case.sentence) for case in salford.CASES]
    assert sorted(set(said)) == sorted(said)


def test_the_policy_has_every_stage_that_is_read():
    assert {rule.id for rule in policies_in_use(SETTINGS)["salford"].rules} == {*RULES, CONSULTATION}


@given(generated_cases())
@settings(max_examples=examples(2, 60), deadline=None, suppress_health_check=list(HealthCheck))
def test_they_agree_on_every_stage_of_a_generated_case(generated):
    night, days, _ = generated
    assert differences(product_stages(night, days)[0], reference_stages(night, days)) == []


@pytest.fixture(scope="module")
def many_cases():
    """Generated cases, each with its days and what the reference reading tells of them."""
    cases = (make_case(Random(seed)) for seed in range(70, 70 + examples(120, 960)))
    return [(records, days, reference_stages(records, days)) for records, days, _ in cases]


def test_they_agree_on_every_stage_of_many_generated_cases(many_cases):
    for start in range(0, len(many_cases), 120):
        group = many_cases[start : start + 120]
        night = together([records for records, _, _ in group])
        product, _ = product_stages(night, sorted({day for _, days, _ in group for day in days}))
        for number, (_, days, expected) in enumerate(group):
            actual = {(rule, day): own(found, number) for (rule, day), found in product.items() if day in days}
            assert differences(actual, expected) == []


def test_the_generated_cases_are_worth_asking_about(many_cases):
    """Every stage comes up overdue, and every stage that can be done comes up done in time and done late."""
    seen = {rule: set() for rule in RULES}
    for _, _, expected in many_cases:
        for (rule, _), found in expected.items():
            if rule in seen:
                seen[rule] |= {answer[0] for answer in found.values()}
    never_done = {"progress_meeting_12m", "statutory_visit", "review_before_ceasing"}
    for rule in ("decision_or_panel", "final_evidence_reviewed", "ceasing_request_unplanned"):
        assert seen.pop(rule) == {"done", "no date"}
    assert {rule for rule in seen if "overdue" not in seen[rule]} == set()
    # The first panel that looked at a request is never late.
    assert {"done in time", "overdue"} == seen.pop("placement_tracking_panel")
    assert {rule for rule in seen if rule not in never_done and not {"done in time", "done late"} <= seen[rule]} == set()
    assert "done in time" in seen["review_before_ceasing"]
