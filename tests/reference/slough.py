"""Slough's aims and the Permanence Monitoring Group's list, read off a child on a day."""

from __future__ import annotations

from datetime import date, timedelta

from tests.reference.days import Records, add_months, by_day, in_force, rows_of, whole_years, within
from tests.reference.orders import legal_status_rows
from tests.reference.placements import ADOPTIVE, EARLY_PERMANENCE, LONG_TERM_FOSTER
from tests.reference.plans import plan_record, plans_that_count
from tests.reference.rules import matches_supplied
from tests.reference.slough_monitoring import monitored, relinquished_not_in_care
from tests.reference.terms import ChildOnDay, spine

Answer = tuple[date, str]
LIMITS = {
    "pre_proceedings_16w": lambda since: since + timedelta(weeks=16),
    "proceedings_26w": lambda since: since + timedelta(weeks=26),
    "placement_order_4m": lambda since: add_months(since, 4),
    "ltf_unmatched": lambda since: since,
    "plan_confirmed_6m": lambda since: add_months(since, 6),
    "fgc_before_plan": lambda since: since,
    "early_permanence_considered": lambda since: since,
    "monitoring_group": lambda since: since,
}
RULES = tuple(LIMITS)


def british(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def under_18_and_alive(records: Records, day: date) -> set[str]:
    """Everybody a rule that goes beyond those in care may list."""
    return {
        person["pers_person_id"]
        for person in rows_of(records, "ssd_person")
        if (person["pers_dob"] is None or whole_years(person["pers_dob"], day) < 18)
        and not by_day(person["pers_death_date"], day)
    }


def pre_proceedings(records: Records, day: date, in_care: dict[str, ChildOnDay]) -> dict[str, Answer]:
    found = {}
    for child in under_18_and_alive(records, day):
        begun = [
            row["prep_pre_pro_decision_date"]
            for row in rows_of(records, "ssd_pre_proceedings")
            if row["prep_person_id"] == child
            and in_force(row["prep_pre_pro_decision_date"], row["prep_agree_stepdown_issue_date"], day)
        ]
        if begun:
            issued = [
                row["issued_date"]
                for row in rows_of(records, "local_care_proceedings")
                if row["person_id"] == child and within(min(begun), row["issued_date"], day)
            ]
            words = "in care" if child in in_care else "not in care"
            found[child] = min(begun), words + (f"; proceedings issued on {british(max(issued))}" if issued else "")
    return found


def issue_in_force(records: Records, child: str, day: date) -> date | None:
    """The earliest issue among the proceedings in force."""
    issued = [
        row["issued_date"]
        for row in rows_of(records, "local_care_proceedings")
        if row["person_id"] == child and in_force(row["issued_date"], row["concluded_date"], day)
    ]
    return min(issued, default=None)


def proceedings(records: Records, day: date, in_care: dict[str, ChildOnDay]) -> dict[str, Answer]:
    found = {}
    for child in under_18_and_alive(records, day):
        issued = issue_in_force(records, child, day)
        if issued is not None:
            found[child] = issued, "in care" if child in in_care else "not in care"
    return found


def and_placement_known(child: ChildOnDay, words: str) -> str:
    return words if child.placement_type is not None else f"{words}; placement not known"


def placement_order(records: Records, child: ChildOnDay) -> Answer | None:
    if child.placement_order_since is None or child.placement_type in ADOPTIVE:
        return None
    if child.placement_type in EARLY_PERMANENCE:
        words = "early permanence"
    elif child.matched_for_adoption:
        words = "matched"
    else:
        words = "not matched" if matches_supplied(records) else "matches not supplied"
    return child.placement_order_since, and_placement_known(child, words)


def unmatched(records: Records, child: ChildOnDay) -> Answer | None:
    plan = child.option_since.get("long_term_fostering")
    placed = child.placement_start if child.placement_type in LONG_TERM_FOSTER else None
    clocks = [since for since in (plan, placed) if since is not None]
    if child.long_term_match or not clocks:
        return None
    if plan is None:
        words = "long-term foster placement, not the plan"
    elif placed is None:
        words = "the plan, not in a long-term foster placement"
    else:
        words = "long-term foster placement, and the plan"
    return max(clocks), and_placement_known(child, words)


def no_plan(records: Records, child: ChildOnDay) -> Answer | None:
    if child.options:
        return None
    return child.entered_care, plan_record(records, child.child_id, child.entered_care, child.as_at)


def no_conference(records: Records, child: ChildOnDay) -> Answer | None:
    if not child.options:
        return None
    start = plans_that_count(records, child.child_id, child.entered_care, child.as_at)[-1]["lacp_cla_care_plan_start_date"]
    held = [
        row["meeting_date"]
        for row in rows_of(records, "local_meetings")
        if row["person_id"] == child.child_id
        and row["meeting_type"] == "FGC"
        and row["meeting_status"] in ("HELD", None)
        and by_day(row["meeting_date"], child.as_at)
    ]
    if any(child.entered_care <= day < start for day in held):
        return None
    since = max(start, child.entered_care)
    if any(day >= start for day in held):
        return since, f"held on {british(min(day for day in held if day >= start))}, not before the plan"
    return since, f"held on {british(max(held))}, before this period of care" if held else "none held"


def early_permanence(records: Records, child: ChildOnDay) -> Answer | None:
    if child.age is None or child.age >= 3 or not child.in_proceedings:
        return None
    for row in rows_of(records, "local_permanence_options"):
        begun = [row[name] for name in ("referral_date", "viability_date", "assessment_start_date") if row[name] is not None]
        if (
            row["person_id"] == child.child_id
            and row["option_type"] == "EARLY_PERMANENCE"
            and begun
            and min(begun) <= child.as_at
        ):
            return None
    if "local_care_proceedings" in records:
        since = issue_in_force(records, child.child_id, child.as_at)
    else:
        interim = [row for row in legal_status_rows(records, child.child_id, child.as_at) if row["lega_legal_status"] == "C1"]
        periods = [(row["lega_legal_status_start_date"], row["lega_legal_status_end_date"]) for row in interim]
        since = min(start for start, end in periods if in_force(start, end, child.as_at))
    if child.placement_type is None:
        return since, "placement not known"
    living = child.placement_type in EARLY_PERMANENCE
    return since, "living in an early permanence placement" if living else "not in an early permanence placement"


OF_A_CHILD = {
    "placement_order_4m": placement_order,
    "ltf_unmatched": unmatched,
    "plan_confirmed_6m": no_plan,
    "fgc_before_plan": no_conference,
    "early_permanence_considered": early_permanence,
    "monitoring_group": monitored,
}


def clocks(records: Records, rule: str, day: date, settings) -> dict[str, Answer]:
    """{child: (since, detail)} for everybody whose clock runs."""
    in_care = spine(records, day, settings)
    if rule == "pre_proceedings_16w":
        return pre_proceedings(records, day, in_care)
    if rule == "proceedings_26w":
        return proceedings(records, day, in_care)
    answers = {child: OF_A_CHILD[rule](records, terms) for child, terms in in_care.items()}
    found = {child: answer for child, answer in answers.items() if answer is not None}
    if rule == "monitoring_group":
        found |= relinquished_not_in_care(records, day, under_18_and_alive(records, day) - set(in_care))
    return found


def rule_list(records: Records, rule: str, day: date, settings) -> dict[str, tuple[date, date, int, str]]:
    """{child: (since, limit date, days over, detail)} at or over the limit."""
    found = {}
    for child, (since, words) in clocks(records, rule, day, settings).items():
        limit = LIMITS[rule](since)
        # "More than 16 weeks", "no more than 26 weeks": on the very day it is not yet more.
        if limit < day or (limit == day and rule not in ("pre_proceedings_16w", "proceedings_26w")):
            found[child] = (since, limit, (day - limit).days, words)
    return found
