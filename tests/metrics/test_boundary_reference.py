"""The boundary cases against the reference reading: the worked examples and the second opinion agree."""

from __future__ import annotations

import pytest

from data.settings import Settings
from tests.metrics.boundary_cases import RULE_CASES, TERM_CASES, as_rows
from tests.reference import RULES, detail, not_supplied, rule_list, spine


@pytest.mark.parametrize("case", RULE_CASES, ids=lambda case: f"{case.rule}: {case.sentence}")
def test_a_rules_boundary_day(case):
    settings = Settings(**case.settings)
    assert rule_list(case.records, case.rule, case.as_at, settings) == case.expected
    children = spine(case.records, case.as_at, settings)
    assert {child: detail(case.records, case.rule, children[child]) for child in case.details} == case.details


@pytest.mark.parametrize("case", TERM_CASES, ids=lambda case: f"{case.term}: {case.sentence}")
def test_a_terms_boundary_day(case):
    children = spine(case.records, case.as_at, Settings(**case.settings))
    for child, fields in case.expected.items():
        assert (child in children) == (fields is not None)
        for name, value in (fields or {}).items():
            assert (name, getattr(children[child], name)) == (name, value)


def test_every_rule_has_at_least_eight_boundary_cases_and_the_terms_forty():
    counts = {rule: sum(case.rule == rule for case in RULE_CASES) for rule in RULES}
    assert min(counts.values()) >= 8, counts
    assert len(TERM_CASES) >= 40


def test_no_two_cases_of_a_rule_or_term_say_the_same():
    sentences = [(row["rule"], row["term"], row["sentence"]) for row in as_rows()]
    assert sorted(set(sentences)) == sorted(sentences)


def test_a_rule_needs_every_table_that_it_names_but_one_source_of_matches_will_do():
    everything = {"ssd_person", "ssd_cla_episodes", "ssd_legal_status", "ssd_cla_placement", "ssd_cla_care_plan",
                  "ssd_permanence", "local_carer_matches", "ssd_care_leavers"}  # fmt: skip
    assert {rule: not_supplied(everything, rule) for rule in RULES} == dict.fromkeys(RULES, ())
    assert not_supplied(everything - {"ssd_care_leavers"}, "no_current_plan") == ("ssd_care_leavers",)
    assert not_supplied(everything - {"ssd_permanence"}, "adoption_no_placement") == ()
    assert not_supplied(everything - {"local_carer_matches"}, "adoption_no_placement") == ()
    neither = everything - {"ssd_permanence", "local_carer_matches"}
    assert not_supplied(neither, "adoption_no_placement") == ("ssd_permanence", "local_carer_matches")
    assert not_supplied(neither, "placement_order_12m") == ()
