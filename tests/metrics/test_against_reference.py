"""The product against the reference reading, on generated cases that nobody would think of."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from data.settings import Settings
from tests.deep import examples
from tests.generated.strategies import generated_cases, make_case
from tests.metrics.comparing import (
    differences,
    product_answers,
    product_terms,
    reference_answers,
    reference_terms,
)
from tests.metrics.one_night import own, own_terms, together
from tests.reference import RULES

SLOW = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@given(generated_cases())
@settings(max_examples=examples(2, 60), **SLOW)
def test_they_agree_on_every_term_of_a_generated_case(generated):
    assert differences(product_terms(*generated), reference_terms(*generated)) == []


@given(generated_cases())
@settings(max_examples=examples(2, 60), **SLOW)
def test_they_agree_on_every_list_of_a_generated_case(generated):
    assert differences(product_answers(*generated), reference_answers(*generated)) == []


@pytest.fixture(scope="module")
def many_cases():
    """Generated cases, each with the lists that the reference reading tells of it; a night holds many of them, which makes them cheap."""
    cases = [make_case(Random(seed)) for seed in range(17, 17 + examples(120, 1200))]
    return [(*generated, reference_answers(*generated)) for generated in cases]


def batches(some: list, size: int = 60):
    """Nights of so many generated cases, each with the days that any of them is asked about."""
    for start in range(0, len(some), size):
        group = some[start : start + size]
        yield group, together([records for records, *_ in group]), sorted({day for _, days, *_ in group for day in days})


def test_they_agree_on_every_term_of_many_generated_cases(many_cases):
    for group, night, all_days in batches(many_cases):
        product = product_terms(night, all_days, Settings())
        for number, (records, days, council, _) in enumerate(group):
            actual = {day: own_terms(product[day], number) for day in days}
            assert differences(actual, reference_terms(records, days, council)) == []


def test_they_agree_on_every_list_of_many_generated_cases(many_cases):
    for group, night, all_days in batches(many_cases):
        product = product_answers(night, all_days, Settings())
        for number, (_, days, _, expected) in enumerate(group):
            actual = {(rule, day): own(listed, number) for (rule, day), listed in product.items() if day in days}
            assert differences(actual, expected) == []


def test_the_generated_cases_are_worth_asking_about(many_cases):
    """Every rule has children on its list, some of them on the very day that the limit is reached."""
    days_over = {rule: set() for rule in RULES}
    for *_, expected in many_cases:
        for (rule, _), listed in expected.items():
            days_over[rule] |= {answer[2] for answer in listed.values()}
    assert {rule for rule in RULES if 0 not in days_over[rule]} == set()
    assert min(len(days) for days in days_over.values()) > 5
