"""Cheshire East's rules: every worked example checked against the product and the reference reading; then generated cases."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from metrics.engine.policies import policies_in_use
from tests.deep import examples
from tests.generated.cheshire_east import SETTINGS, generated_cases, make_case
from tests.metrics.cases.cheshire_east import CASES
from tests.metrics.cases.cheshire_east_child import cheshire_child
from tests.metrics.comparing import differences, tables_missing
from tests.metrics.one_night import own, together
from tests.reference.cheshire_east import NEEDED, RULES, answers
from tests.support.builder import records
from tests.support.product import product_lists


def product(night, days) -> dict:
    """{(rule, day): {child: (since, limit date, days over, detail)}}, None for a rule not supplied, by the product."""
    return product_lists(night, days, SETTINGS, tables_missing(night))


def reference(night, days) -> dict:
    """The same by the reference reading."""
    return {(rule, day): listed for day in days for rule, listed in answers(night, day, SETTINGS).items()}


@pytest.fixture(scope="module")
def actual() -> dict[int, dict]:
    """{id of a case: the product's list}; the cases share one night."""
    lists = product(together([case.records for case in CASES]), sorted({case.as_at for case in CASES}))
    return {id(case): own(lists[(case.rule, case.as_at)], number) for number, case in enumerate(CASES)}


def check(case, listed: dict) -> None:
    assert {child: answer[:3] for child, answer in listed.items()} == case.expected
    assert {child: listed[child][3] for child in case.details} == case.details


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.sentence}")
def test_the_product_agrees_with_the_worked_example(case, actual):
    check(case, actual[id(case)])


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.sentence}")
def test_the_reference_reading_agrees_with_the_worked_example(case):
    check(case, reference(case.records, [case.as_at])[(case.rule, case.as_at)])


@pytest.mark.parametrize("table", sorted({table for needed in NEEDED.values() for table in needed}))
def test_without_an_extract_that_they_need_rules_have_no_list_and_the_others_have_theirs(table):
    night = records(cheshire_child().in_care("2025-03-01"), not_supplied=(table,))
    lists = product(night, [date(2025, 6, 10)])
    assert {rule for (rule, _), listed in lists.items() if listed is None} == {rule for rule in RULES if table in NEEDED[rule]}


def test_every_rule_has_cases_and_no_two_say_the_same():
    counts = Counter(case.rule for case in CASES)
    assert {rule for rule in RULES if counts[rule] < 8} == set()
    said = Counter((case.rule, case.sentence) for case in CASES)
    assert [sentence for sentence, times in said.items() if times > 1] == []


def test_the_policy_has_the_rules_that_are_read():
    assert {rule.id for rule in policies_in_use(SETTINGS)["cheshire_east"].rules} == set(RULES)


@given(generated_cases())
@settings(max_examples=examples(2, 60), deadline=None, suppress_health_check=list(HealthCheck))
def test_they_agree_on_every_list_of_a_generated_case(generated):
    night, days, _ = generated
    assert differences(product(night, days), reference(night, days)) == []


@pytest.fixture(scope="module")
def many_cases():
    """Generated cases, each with its days and what the reference reading tells of them."""
    cases = (make_case(Random(seed)) for seed in range(38, 38 + examples(80, 960)))
    return [(night, days, reference(night, days)) for night, days, _ in cases]


def test_they_agree_on_every_list_of_many_generated_cases(many_cases):
    for start in range(0, len(many_cases), 80):
        group = many_cases[start : start + 80]
        lists = product(together([night for night, _, _ in group]), sorted({day for _, days, _ in group for day in days}))
        for number, (_, days, expected) in enumerate(group):
            mine = {(rule, day): own(listed, number) for (rule, day), listed in lists.items() if day in days}
            assert differences(mine, expected) == []


def test_the_generated_cases_are_worth_asking_about(many_cases):
    """Every rule has children on its list, some on the very day; every contradiction comes up."""
    days_over, said = defaultdict(set), set()
    for _, _, expected in many_cases:
        for (rule, _), listed in expected.items():
            days_over[rule] |= {answer[2] for answer in listed.values()}
            if rule == "entries_inconsistent":
                said |= {words for answer in listed.values() for words in answer[3].split("; ")}
    assert {rule for rule in RULES if 0 not in days_over[rule]} == set()
    assert len(said) == 10
