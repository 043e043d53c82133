"""The product against the obvious reading, on worlds that nobody would think of."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from data.settings import Settings
from tests.deep import examples
from tests.generated.strategies import make_world, worlds
from tests.metrics.comparing import (
    differences,
    obvious_answers,
    obvious_terms,
    product_answers,
    product_terms,
)
from tests.metrics.one_night import own, own_terms, together
from tests.reference import RULES

SLOW = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@given(worlds())
@settings(max_examples=examples(6, 60), **SLOW)
def test_they_agree_on_every_term_of_a_small_world(world):
    assert differences(product_terms(*world), obvious_terms(*world)) == []


@given(worlds())
@settings(max_examples=examples(6, 60), **SLOW)
def test_they_agree_on_every_list_of_a_small_world(world):
    assert differences(product_answers(*world), obvious_answers(*world)) == []


@pytest.fixture(scope="module")
def many_worlds():
    """Hundreds of worlds; a night holds many of them, which makes them cheap."""
    return [make_world(Random(seed)) for seed in range(examples(300, 1200))]


def batches(some: list, size: int = 40):
    """Nights of so many worlds, each with the days that any of them is asked about."""
    for start in range(0, len(some), size):
        group = some[start : start + size]
        yield group, together([records for records, _, _ in group]), sorted({day for _, days, _ in group for day in days})


def test_they_agree_on_every_term_of_hundreds_of_worlds(many_worlds):
    for group, night, all_days in batches(many_worlds):
        product = product_terms(night, all_days, Settings())
        for number, (records, days, council) in enumerate(group):
            told = {day: own_terms(product[day], number) for day in days}
            assert differences(told, obvious_terms(records, days, council)) == []


def test_they_agree_on_every_list_of_hundreds_of_worlds(many_worlds):
    for group, night, all_days in batches(many_worlds):
        product = product_answers(night, all_days, Settings())
        for number, (records, days, council) in enumerate(group):
            told = {(rule, day): own(listed, number) for (rule, day), listed in product.items() if day in days}
            assert differences(told, obvious_answers(records, days, council)) == []


def test_the_worlds_are_worth_asking_about(many_worlds):
    """Every rule has children on its list, some of them on the very day that the limit is reached."""
    days_over = {rule: set() for rule in RULES}
    for world in many_worlds:
        for (rule, _), listed in obvious_answers(*world).items():
            days_over[rule] |= {answer[2] for answer in listed.values()}
    assert {rule for rule in RULES if 0 not in days_over[rule]} == set()
    assert min(len(days) for days in days_over.values()) > 5
