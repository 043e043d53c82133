"""The children that a share is out of, as figures of the pack: how they stand to ages, options and one another, under any policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from metrics.disclosure.cells import Key, Relation, TableSystem
from metrics.disclosure.ledger import publication
from metrics.disclosure.tables import Tables
from metrics.engine.engine import QuestionError
from metrics.engine.policies import policies_in_use
from metrics.engine.policy import Change, Limit
from metrics.populations import CHILDREN_IN_CARE, populations
from metrics.strategic.answer import laid_out
from metrics.strategic.declared import Measure, declaration, measures_of
from metrics.strategic.dimensions import AGES
from metrics.strategic.named_populations import population_key, population_names
from metrics.strategic.relations import FIRST_REVIEW, lists_of, relate_days
from metrics.strategic.relations_of_populations import Printed, _of_a_list, _of_ages
from metrics.strategic.relations_over_time import review_due_since
from metrics.strategic.series import keys_of, one_key, series
from tests.generated.national import make_case
from tests.metrics.strategic.councils import SETTINGS, council, describe

DAY = date(2025, 3, 31)
GROUP = (DAY.isoformat(), "county")


def test_every_population_is_declared_but_the_children_in_care():
    assert {one.id for one in populations().values()} - {CHILDREN_IN_CARE} == set(declaration().populations)


def ages(counts: tuple[int, ...], population: int, measure: str, parameters: dict[str, object]) -> list[tuple[dict, int]]:
    """The relations of a population and the groups of ages, as {name: factor} without the remainders, and how many remain."""
    tables = Tables()
    for name, count in zip(AGES, counts, strict=True):
        tables.cell(("age", *GROUP, name), count)
    entry, rule = declaration().populations[measure], replace(RULE, parameters=parameters, changes=())
    key = (measure, *GROUP, "population")
    tables.cell(key, population)
    _of_ages(tables, Printed(key, entry, rule))
    found = []
    for relation in tables.system().relations:
        own = {key[3] if key[0] == "age" else measure: factor for key, factor in relation.terms if key[0] in ("age", measure)}
        found.append((own, len(relation.terms) - len(own)))
    return found


RULE = next(rule for policy in policies_in_use(SETTINGS).values() for rule in policy.rules)
UNDER = "children_in_care_under_age"


def test_those_under_an_age_at_which_a_group_ends_are_the_younger_groups():
    assert ages((2, 10, 20, 30, 40), 32, UNDER, {"under_age": 10}) == [({UNDER: 1, "Under 1": -1, "1 to 4": -1, "5 to 9": -1}, 0)]


def test_those_under_another_age_are_the_younger_groups_and_some_of_the_next():
    found = ages((2, 10, 20, 30, 40), 44, UNDER, {"under_age": 12})
    assert ({UNDER: -1, "Under 1": 1, "1 to 4": 1, "5 to 9": 1, "10 to 15": 1}, 1) in found
    assert ({UNDER: 1, "Under 1": -1, "1 to 4": -1, "5 to 9": -1}, 1) in found
    assert len(found) == 2


def test_those_old_enough_for_a_pathway_plan_are_the_oldest_and_some_of_the_group_before():
    found = ages((2, 10, 20, 30, 40), 44, "old_enough_for_pathway_plan", {"age_months": 186})
    assert ({"old_enough_for_pathway_plan": -1, "10 to 15": 1, "16 and 17": 1}, 1) in found
    assert ({"old_enough_for_pathway_plan": 1, "16 and 17": -1}, 1) in found


def test_of_those_long_in_care_and_young_nobody_is_older_and_not_all_of_an_age_are_among_them():
    measure = "long_in_care_under_age"
    found = ages((2, 10, 20, 30, 40), 40, measure, {"under_age": 16, "months_in_care": 30})
    assert found == [({measure: -1, "Under 1": 1, "1 to 4": 1, "5 to 9": 1, "10 to 15": 1}, 1)]


def test_of_those_of_an_age_in_years_nobody_is_younger():
    found = ages((2, 10, 20, 30, 40), 12, "with_option_of_age", {"ratified_by_review_age": 14})
    assert found == [({"with_option_of_age": -1, "10 to 15": 1, "16 and 17": 1}, 1)]


def of_the_list(waiting: int, listed: int, **of_its_rule: object) -> list[dict[str, int]]:
    """What relates the children who wait for a match, 20 of whom lack a paper, to the list of them, as {measure: factor}."""
    policy = policies_in_use(replace(SETTINGS, policies=("hertfordshire_service",)))["hertfordshire_service"]
    paper, awaiting = policy.rule("ltf_referral_missing"), replace(policy.rule("ltf_awaiting_match"), **of_its_rule)
    line = Measure("list", "", "", "", "", "", "", "rule", "")
    key, tables = ("waiting", *GROUP, "population"), Tables()
    tables.cell(key, waiting)
    tables.cell(("list", *GROUP, "all"), listed)
    _of_a_list(tables, Printed(key, declaration().populations[paper.measure.population.id], paper), [(line, awaiting)])
    return [{one[0]: factor for one, factor in relation.terms if one[0] != "rest"} for relation in tables.system().relations]


def test_those_who_are_a_list_are_as_many():
    assert of_the_list(30, 30) == [{"waiting": 1, "list": -1}]


def test_with_a_limit_the_list_is_among_them_and_of_other_parameters_nothing_follows():
    limit = Limit(3, "months")
    assert of_the_list(30, 20, limits=(limit,)) == [{"waiting": 1, "list": -1}]
    assert of_the_list(30, 20, parameters={"option": "long_term_fostering", "ratified_by_review_age": 16}) == []


def engine_of(*policies: str):
    records, _ = make_case(Random(4))[:2]
    return council(describe(Random(4), records), [DAY], replace(SETTINGS, policies=policies))


@pytest.fixture(scope="module")
def hertfordshire():
    return engine_of("hertfordshire", "england")


def test_a_share_is_out_of_the_rules_own_children(hertfordshire):
    found = {measure.id: measure for measure in measures_of(hertfordshire)}
    order, review = found["hertfordshire.placement_order_12m"], found["later_review_overdue"]
    assert order.denominator == "Children subject to a placement order"
    assert keys_of(order, DAY.isoformat())[1] == ("subject_to_placement_order", *GROUP, "population")
    assert keys_of(review, DAY.isoformat())[1] == ("england.later_review_6m", *GROUP, "asked")
    assert keys_of(found["hertfordshire.plan_residential"], DAY.isoformat())[1] == ("in_care", *GROUP, "all")


def test_both_sides_of_the_ledger_of_before_are_read_under_their_present_name(hertfordshire):
    measures = measures_of(hertfordshire)
    pair = next(one for one in measures if one.counted_by == "pair")
    assert one_key(measures)(("england.same_placement_2y", *GROUP, "of")) == keys_of(pair, DAY.isoformat())[1]


def test_a_parameter_that_changes_from_a_day_on_names_another_population(hertfordshire):
    rule = next(
        rule
        for rule in policies_in_use(replace(SETTINGS, policies=("hertfordshire_service",)))["hertfordshire_service"].rules
        if rule.measure.population.id == UNDER
    )
    changed = replace(rule, changes=(Change("under_age", 14, date(2025, 1, 1)),))
    names = population_names(changed)
    keys = {day: population_key(names, day, "county")[0] for day in ("2024-12-31", "2025-01-01")}
    assert keys == {"2024-12-31": f"{UNDER} under_age=12", "2025-01-01": f"{UNDER} under_age=14"}


@pytest.mark.parametrize("policy", ["slough", "south_east", "cheshire_east", "hertfordshire_service"])
def test_a_pack_of_any_policys_tracker_adds_up(policy):
    """Of a rule that goes beyond children in care, too: its list and those whom it is a share of need not be among them."""
    engine = engine_of(policy, "england")
    counted = series(engine, DAY)
    figures, _ = laid_out(engine, counted, {})
    beyond = {one.rule for one in counted.measures if one.out_of}
    assert len(beyond) > 4
    assert all(not entry.constant for entry in figures.tables.system().relations)
    for one in counted.measures:
        if one.counted_by in ("rule", "pair"):
            part, whole = (counted.counts.get(key) for key in keys_of(one, DAY.isoformat()))
            assert part is None or whole is None or part <= whole, one.id


def test_a_pack_is_refused_in_words_while_the_rule_of_first_reviews_has_a_mistake():
    engine = engine_of("cheshire_east", "england")
    lists = lists_of(engine, series(engine, DAY).measures)
    review = next(one for one in lists if one.rule.measure.id == FIRST_REVIEW)
    assert review_due_since(review, DAY) < DAY
    mistaken = replace(review, rule=replace(review.rule, parameters={}, problem="'working_dayz' is no parameter of the measure."))
    with pytest.raises(
        QuestionError, match="cannot be made safe while england.first_review_20d cannot be counted.*'working_dayz'"
    ):
        review_due_since(mistaken, DAY)


OURS = """
[policy]
id = "ours"
name = "Our own"
document = "Permanence Panel, November 2026"
"""
RULE_OF_OURS = """
[[rule]]
id = "{measure}{months}"
title = "{measure} {months}"
measure = "{measure}"
parameters = {{ option = "{option}"{more} }}
{limit}
level = "countywide"
wording = "A rule of ours"
source = "Panel"
"""
AWAITS = "long_term_fostering_awaiting_match"


def rule_of_ours(measure: str, months: int = 0, option: str = "adoption") -> str:
    more = ", ratified_by_review_age = 14" if measure == AWAITS else ""
    limit = f"limit = {{ months = {months} }}" if months else ""
    return RULE_OF_OURS.format(measure=measure, months=months, option=option, more=more, limit=limit)


@pytest.mark.parametrize(
    "rules",
    [
        (rule_of_ours(AWAITS), rule_of_ours("option_in_plan", 12)),
        (rule_of_ours("option_in_plan", 12), rule_of_ours(AWAITS), rule_of_ours("option_in_plan")),
        (rule_of_ours(AWAITS), rule_of_ours("adoption_plan_not_placed"), rule_of_ours("only_option_in_plan")),
    ],
    ids=["out of those with it", "all of them", "each kind"],
)
def test_lists_of_an_option_out_of_all_in_care_stand_beside_those_out_of_the_children_with_it(rules, tmp_path):
    """A later pack may print of a past day a figure that only an earlier one tells of: how many have the option is one number then too."""
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "ours.toml").write_text(OURS + "".join(rules), encoding="utf-8")
    records, _ = make_case(Random(2))[:2]
    settings = replace(SETTINGS, policies=("ours", "england"), folder=tmp_path)
    engine = council(describe(Random(2), records), [DAY], settings)
    counted = series(engine, DAY)
    option = ("option", *GROUP, "adoption")
    assert counted.counts[option] > 0
    earlier = laid_out(engine, counted, {})[0].tables.system()
    assert not off(earlier, option)
    later = Tables(
        [publication("an earlier pack", earlier, {key: cell.count for key, cell in earlier.cells.items() if cell.printed})]
    )
    relate_days(later, replace(counted, counts={}), lists_of(engine, counted.measures))
    assert later.count(option) == counted.counts[option]


def off(system: TableSystem, key: Key) -> list[Relation]:
    """The relations of a figure that do not hold. It has some."""
    found = [entry for entry in system.relations if key in dict(entry.terms)]
    assert found
    return [entry for entry in found if entry.constant]
