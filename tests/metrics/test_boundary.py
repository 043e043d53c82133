"""The boundary cases against the product: each checked against the SQL that a night runs.

The cases share a night wherever they may, since a night costs far more than a case.
"""

from __future__ import annotations

from collections import defaultdict

import pytest

from data.settings import Settings
from tests.metrics.boundary_cases import RULE_CASES, TERM_CASES
from tests.metrics.comparing import product_answers, product_terms, tables_missing
from tests.metrics.one_night import own, own_terms, together


def nights(cases):
    """(settings, cases) for the cases that can share a night: the same files supplied, and the same settings."""
    groups = defaultdict(list)
    for case in cases:
        groups[(tuple(case.settings.items()), tables_missing(case.records))].append(case)
    return [(Settings(**dict(settings)), group) for (settings, _), group in groups.items()]


def answered(cases, ask, of_one_case) -> dict[int, dict]:
    """{id of a case: {child: the product's answer}}."""
    found = {}
    for settings, group in nights(cases):
        answers = ask(together([case.records for case in group]), sorted({case.as_at for case in group}), settings)
        for number, case in enumerate(group):
            found[id(case)] = of_one_case(answers, case, number)
    return found


@pytest.fixture(scope="module")
def lists():
    return answered(RULE_CASES, product_answers, lambda answers, case, number: own(answers[(case.rule, case.as_at)], number))


@pytest.fixture(scope="module")
def spines():
    return answered(TERM_CASES, product_terms, lambda answers, case, number: own_terms(answers[case.as_at], number))


@pytest.mark.parametrize("case", RULE_CASES, ids=lambda case: f"{case.rule}: {case.sentence}")
def test_a_rules_boundary_day(case, lists):
    listed = lists[id(case)]
    assert {child: answer[:3] for child, answer in listed.items()} == case.expected
    assert {child: listed[child][3] for child in case.details} == case.details


@pytest.mark.parametrize("case", TERM_CASES, ids=lambda case: f"{case.term}: {case.sentence}")
def test_a_terms_boundary_day(case, spines):
    children = spines[id(case)]
    for child, fields in case.expected.items():
        assert (child in children) == (fields is not None)
        for name, value in (fields or {}).items():
            assert (name, children[child][name]) == (name, value)
