"""The papers of an adoption: their cases, and the rules against the reference reading."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from data.settings import Settings
from tests.deep import examples
from tests.generated.strategies import Timeline, a_day, birth, make_served_case
from tests.metrics.cases.adoption_papers import CASES
from tests.metrics.cases.hertfordshire_child import ServedChild
from tests.metrics.comparing import answers_by_case, differences, milestones_and_lists, tables_missing, told_of_cases
from tests.reference.adoption_papers import RULES, milestones
from tests.support.builder import Records

SETTINGS = Settings(policies=("slough",))
DOCUMENTS = ("LIFE_STORY_BOOK", "LATER_LIFE_LETTER", "CHILDS_GUIDE", "PROFILE")


def product(records: Records, days: list[date]) -> dict[tuple[str, date], dict[str, tuple]]:
    return milestones_and_lists(records, days, SETTINGS, RULES, ())


def reference(records: Records, days: list[date]) -> dict[tuple[str, date], dict[str, tuple]]:
    return {(rule, day): milestones(records, rule, day, SETTINGS) for rule in RULES for day in days}


@pytest.fixture(scope="module")
def answered() -> dict[int, dict]:
    """{id of a case: {child: the product's answer}}."""
    return answers_by_case(CASES, product, without={})


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.sentence}")
def test_a_rules_boundary_day(case, answered):
    readings = [answered[id(case)]]
    if not tables_missing(case.records):
        readings.append(reference(case.records, [case.as_at])[(case.rule, case.as_at)])
    for children in readings:
        assert {child: (state, due, done) for child, (_, due, done, state, _) in children.items()} == case.expected
        assert case.detail in (None, *(answer[-1] for answer in children.values()))


def test_every_rule_has_its_boundary_cases_and_no_two_say_the_same():
    assert min(sum(case.rule == rule for case in CASES) for rule in RULES) >= 6
    sentences = [(case.rule, case.sentence) for case in CASES]
    assert sorted(set(sentences)) == sorted(sentences)


def make_child(random: Random, identifier: str, timeline: Timeline) -> ServedChild:
    """A child with adoption in the plan, adopters, or an adoption behind them, and papers strewn over the days."""
    one = ServedChild(identifier, birth(random, timeline), None)
    start = timeline[0]
    if random.random() < 0.5:
        one.left(start, a_day(random, timeline) + timedelta(days=30), random.choice(("E11", "E12", "E12", "E47")))
    else:
        one.in_care(start, random.choice((None, None, timeline[-1])))
        one.plan(random.choice(("ADOPTION", "ADOPTION LTFOST18", "RETURN6M")), a_day(random, timeline))
        one.placement(random.choice(("A5", "A3", "U6", "T1")), a_day(random, timeline))
    for _ in range(random.choice((0, 1, 2))):
        one.event(random.choice(("ADOPTION_CEREMONY", "ADOPTION_CEREMONY", "STABILITY_CONCERN")), a_day(random, timeline))
    for _ in range(random.choice((0, 1, 3))):
        one.document(random.choice(DOCUMENTS), a_day(random, timeline) + timedelta(days=random.choice((0, 10, 14, 45))))
    return one


def test_they_agree_on_many_generated_cases_and_the_generated_cases_are_worth_asking_about():
    some = [
        make_served_case(Random(seed), make_child, (0, 10, 14, 30, 45), (0, 0, 12)) for seed in range(30, 30 + examples(40, 640))
    ]
    told = set()
    for records, days, actual in told_of_cases(some, product, 80):
        assert differences(actual, reference(records, days)) == []
        told |= {(rule, answer[3]) for (rule, _), children in actual.items() for answer in children.values()}
    states = {"overdue", "due", "done in time", "done late"}
    assert told >= {(rule, state) for rule in RULES[:2] for state in states}
    assert told >= {("childs_guide_at_placement", state) for state in ("no date", "done", "overdue", "done late")}
