"""The eight rules of Hertfordshire's countywide tracker, read off a child on a day."""

from __future__ import annotations

from datetime import date

from tests.reference.days import Records, add_months, by_day, rows_of, within
from tests.reference.placements import ADOPTIVE, EARLY_PERMANENCE, LONG_TERM_FOSTER
from tests.reference.plans import plan_record
from tests.reference.terms import ChildOnDay, spine

LIMIT_IN_MONTHS = {
    "no_current_plan": None,
    "return_home_6m": 6,
    "placement_order_12m": 12,
    "adoption_no_placement": None,
    "plan_other": None,
    "adoption_not_placed": None,
    "ltf_12m": 12,
    "plan_residential": None,
}
RULES = tuple(LIMIT_IN_MONTHS)
NEEDED_ALWAYS = ("ssd_person", "ssd_cla_episodes", "ssd_legal_status", "ssd_cla_placement", "ssd_cla_care_plan")
ADOPTION_MATCHES = ("ssd_permanence", "local_carer_matches")
NO_MATCHES = "matches not supplied"


def has_pathway_plan_instead(records: Records, child: ChildOnDay) -> bool:
    """Entered care at 15 or over, with a pathway plan reviewed in this period of care: that is the permanence plan."""
    if child.age_at_entry is None or child.age_at_entry < 15:
        return False
    return any(
        row["clea_person_id"] == child.child_id and within(child.entered_care, row["clea_pathway_plan_review_date"], child.as_at)
        for row in rows_of(records, "ssd_care_leavers")
    )


def has_no_placement_for_adoption(child: ChildOnDay) -> bool:
    """Not matched, and the placement neither adoptive nor early permanence."""
    return not child.matched_for_adoption and child.placement_type not in ADOPTIVE + EARLY_PERMANENCE


def since(records: Records, rule: str, child: ChildOnDay) -> date | None:
    """The rule's clock for a child who meets its condition; None for a child who does not."""
    on = child.option_since
    if rule == "no_current_plan":
        return None if child.options or has_pathway_plan_instead(records, child) else child.no_plan_since
    if rule == "return_home_6m":
        return on.get("return_home")
    if rule == "placement_order_12m":
        return child.placement_order_since
    if rule == "adoption_no_placement":
        return on.get("adoption") if has_no_placement_for_adoption(child) else None
    if rule == "plan_other":
        return on["other"] if child.options == ("other",) else None
    if rule == "adoption_not_placed":
        return on.get("adoption") if child.placement_type not in ADOPTIVE else None
    if rule == "ltf_12m":
        return on.get("long_term_fostering")
    if rule == "plan_residential":
        return on.get("residential")
    raise ValueError(f"no such rule: {rule}")


def rule_list(records: Records, rule_id: str, as_at: date, settings) -> dict[str, tuple[date, date, int]]:
    """The children at or over the rule's limit: {child: (since, limit date, days over)}."""
    found = {}
    for child_id, child in spine(records, as_at, settings).items():
        clock = since(records, rule_id, child)
        if clock is None:
            continue
        months = LIMIT_IN_MONTHS[rule_id]
        limit_date = clock if months is None else add_months(clock, months)
        if limit_date <= as_at:
            found[child_id] = (clock, limit_date, (as_at - limit_date).days)
    return found


def matches_supplied(records: Records) -> bool:
    """At least one of the two sources of adoption matches was supplied; with one of them the question is answered."""
    return any(table in records for table in ADOPTION_MATCHES)


def not_supplied(records_supplied: set[str], rule_id: str) -> tuple[str, ...]:
    """The tables that the rule needs and the night did not have; empty when the rule can be answered.

    Placement orders and matches use what they have of their two sources.
    """
    missing = [table for table in NEEDED_ALWAYS if table not in records_supplied]
    if rule_id == "no_current_plan" and "ssd_care_leavers" not in records_supplied:
        missing.append("ssd_care_leavers")
    if rule_id == "adoption_no_placement" and not any(table in records_supplied for table in ADOPTION_MATCHES):
        missing.extend(ADOPTION_MATCHES)
    return tuple(missing)


def detail(records: Records, rule_id: str, child: ChildOnDay) -> str:
    """The words that split a rule's list, for a child who is on it."""
    if rule_id == "no_current_plan":
        due = "not yet due" if add_months(child.entered_care, 4) > child.as_at else "overdue"
        return f"{due}; {plan_record(records, child.child_id, child.entered_care, child.as_at)}"
    if rule_id == "placement_order_12m":
        return _and_placement_known(child, _towards_adoption(records, child))
    if rule_id == "ltf_12m":
        if child.long_term_match or child.placement_type in LONG_TERM_FOSTER:
            return "matched or in a long-term foster placement"
        supplied = "local_carer_matches" in records
        return "not matched" if supplied else "not in a long-term foster placement; matches not supplied"
    if rule_id in ("adoption_no_placement", "adoption_not_placed"):
        if not has_no_placement_for_adoption(child):
            return _and_placement_known(child, "matched or early permanence, awaiting the move")
        return _and_placement_known(child, "no placement" if matches_supplied(records) else NO_MATCHES)
    if rule_id == "plan_other":
        if "local_permanence_options" not in records:
            return "assessments not supplied"
        if has_family_order_assessment(records, child):
            return "special guardianship or child arrangements assessment open"
        return "no such assessment open"
    return child.plan_shown


def _and_placement_known(child: ChildOnDay, words: str) -> str:
    """A placement that is not known is not adoptive, and is marked."""
    return words if child.placement_type is not None else f"{words}; placement not known"


def _towards_adoption(records: Records, child: ChildOnDay) -> str:
    if child.placement_type in ADOPTIVE:
        return "placed for adoption"
    if child.placement_type in EARLY_PERMANENCE:
        return "early permanence"
    if child.matched_for_adoption:
        return "matched"
    return "not matched" if matches_supplied(records) else NO_MATCHES


def has_family_order_assessment(records: Records, child: ChildOnDay) -> bool:
    """A special guardianship or child arrangements option begun in this period of care, with no order and not closed."""
    for row in rows_of(records, "local_permanence_options"):
        if row["person_id"] != child.child_id or row["option_type"] not in ("SGO", "CAO"):
            continue
        begun = any(within(child.entered_care, row[column], child.as_at) for column in ("referral_date", "assessment_start_date"))
        concluded = by_day(row["order_date"], child.as_at) or by_day(row["closed_date"], child.as_at)
        if begun and not concluded:
            return True
    return False
