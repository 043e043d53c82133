"""The children that figures are shares of, read off the records: who they are in words, and no SQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.reference.cheshire_east import first_advised
from tests.reference.cheshire_east_facts import FAMILY, FOSTER, long_term_home, options_explored
from tests.reference.days import Records, add_months, whole_years
from tests.reference.hertfordshire_facts import Followed, agency_decision, followed, pre_proceedings, proceedings
from tests.reference.hertfordshire_papers import awaiting_long_term_match, drift
from tests.reference.placements import LONG_TERM_FOSTER
from tests.reference.salford import consultation_possible
from tests.reference.salford_facts import left_care
from tests.reference.siblings import adopted_with, assessed_apart, assessments, in_care_with
from tests.reference.slough import under_18_and_alive
from tests.reference.slough_monitoring import monitored, relinquished_not_in_care
from tests.reference.south_east import (
    adoption_explored,
    changes_in_care,
    permanence_attained,
    planned_with_foster_carers,
    unaccompanied,
)
from tests.reference.south_east_terms import meetings_held, reviews_held, under_section_20
from tests.reference.terms import ChildOnDay, spine

InCare = Callable[[Records, ChildOnDay, dict], bool]

OF_CHILDREN_IN_CARE: dict[str, InCare] = {
    "children_in_care": lambda records, child, given: True,
    "children_in_care_under_age": lambda records, child, given: child.age is not None and child.age < given["under_age"],
    "subject_to_placement_order": lambda records, child, given: child.placement_order_since is not None,
    "with_plan": lambda records, child, given: bool(child.options),
    "with_option": lambda records, child, given: given["option"] in child.options,
    "with_option_or_placement_order": lambda records, child, given: (
        given["option"] in child.options or child.placement_order_since is not None
    ),
    "long_term_foster_home_or_plan": lambda records, child, given: (
        child.placement_type in LONG_TERM_FOSTER or given["option"] in child.options
    ),
    "under_section_20": lambda records, child, given: under_section_20(records, child) is not None,
    "on_weekly_tool": lambda records, child, given: (
        add_months(child.entered_care, given["within_months"]) > child.as_at
        and add_months(child.entered_care, given["over_months"]) < child.as_at
        and child.age_at_entry is not None
        and child.age_at_entry < given["under_age"]
    ),
    "long_in_care_under_age": lambda records, child, given: (
        add_months(child.entered_care, given["months_in_care"]) <= child.as_at
        and child.age is not None
        and child.age < given["under_age"]
    ),
    "in_foster_placement": lambda records, child, given: child.placement_type in FOSTER,
    "planned_with_foster_carers": lambda records, child, given: bool(planned_with_foster_carers(child)),
    "with_option_of_age": lambda records, child, given: (
        given["option"] in child.options and child.age is not None and child.age >= given["ratified_by_review_age"]
    ),
    "waiting_for_long_term_match": lambda records, child, given: awaiting_long_term_match(records, child) is not None,
    "drifting": lambda records, child, given: bool(drift(records, child)),
    "adoption_considered_or_decided": lambda records, child, given: (
        given["option"] in child.options
        or child.placement_order_since is not None
        or adoption_explored(records, child) is not None
        or agency_decision(records, Followed(child.child_id, child.as_at, child.age, child.entered_care, child)) is not None
    ),
    "with_plan_not_at_home": lambda records, child, given: bool(child.options) and not set(child.options) & set(given["at_home"]),
    "with_plan_not_at_home_of_ages": lambda records, child, given: (
        bool(child.options)
        and not set(child.options) & set(given["at_home"])
        and child.age is not None
        and given["from_age"] <= child.age < given["below_age"]
    ),
    "final_care_planning_held": lambda records, child, given: (
        child.in_proceedings and bool(meetings_held(records, child, "FINAL_CARE_PLANNING"))
    ),
    "second_review_held": lambda records, child, given: len(reviews_held(records, child)) >= 2,
    "permanence_not_attained": lambda records, child, given: not permanence_attained(records, child),
    "with_planning_trigger": lambda records, child, given: bool(changes_in_care(records, child)),
    "with_open_option": lambda records, child, given: any(option.pursued for option in options_explored(records, child)),
    "with_family_assessment": lambda records, child, given: any(
        option.kind in FAMILY for option in options_explored(records, child)
    ),
    "assessed_to_live_apart": lambda records, child, given: assessed_apart(records, child) is not None,
    "in_proceedings_or_unaccompanied": lambda records, child, given: child.in_proceedings or unaccompanied(records, child)[0],
    "with_long_term_carer": lambda records, child, given: long_term_home(records, child) is not None,
    "without_long_term_carer": lambda records, child, given: long_term_home(records, child) is None,
}

OF_BROTHERS_AND_SISTERS: dict[str, Callable[[Records, ChildOnDay, dict[str, ChildOnDay], dict], bool]] = {
    "with_sibling_in_care": lambda records, child, in_care, given: bool(in_care_with(records, child, in_care)),
    "assessed_with_sibling_in_care": lambda records, child, in_care, given: (
        bool(assessments(records, child)) and bool(in_care_with(records, child, in_care))
    ),
    "with_option_and_siblings": lambda records, child, in_care, given: (
        given["option"] in child.options and bool(in_care_with(records, child, in_care) or adopted_with(records, child))
    ),
}


def population(records: Records, name: str, given: dict, day: date, settings) -> set[str]:
    """The children of a population on a day. ``given``: the parameters of the rule that it is asked for."""
    in_care = spine(records, day, settings)
    born = {person["pers_person_id"]: person["pers_dob"] for person in records["ssd_person"]}
    others = under_18_and_alive(records, day) - set(in_care)
    if name in OF_CHILDREN_IN_CARE:
        return {child_id for child_id, child in in_care.items() if OF_CHILDREN_IN_CARE[name](records, child, given)}
    if name in OF_BROTHERS_AND_SISTERS:
        reading = OF_BROTHERS_AND_SISTERS[name]
        return {child_id for child_id, child in in_care.items() if reading(records, child, in_care, given)}
    if name == "old_enough_for_pathway_plan":
        return {child for child in in_care if born[child] and add_months(born[child], given["age_months"]) <= day}
    if name == "in_proceedings":
        return {child for child in {*in_care, *others} if proceedings(records, child, day)}
    if name == "in_pre_proceedings":
        return {child for child in {*in_care, *others} if pre_proceedings(records, child, day)}
    if name == "in_care_or_court":
        return {child.child_id for child in followed(records, day, settings)}
    if name == "long_term_settled":
        return set(consultation_possible(records, day, settings))
    if name == "legal_advice_held":
        return {child.child_id for child in followed(records, day, settings) if first_advised(records, child)}
    if name == "on_monitoring_list":
        watched = {child_id for child_id, child in in_care.items() if monitored(records, child)}
        return {*watched, *relinquished_not_in_care(records, day, others)}
    if name == "in_care_or_relinquished":
        return {*in_care, *relinquished_not_in_care(records, day, others)}
    if name == "left_care":
        return set(left_care(records, day, settings, months=12)) & others
    if name == "under_age_in_care_or_court":
        whom = {child.child_id for child in followed(records, day, settings)}
        expected = {person["pers_person_id"]: person["pers_expected_dob"] for person in records["ssd_person"]}
        birth = {child: born[child] or expected[child] for child in whom}
        return {child for child in whom if birth[child] and whole_years(birth[child], day) < given["under_age"]}
    raise ValueError(f"no such population: {name}")
