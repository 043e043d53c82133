"""Slough's aims and the Permanence Monitoring Group's list, read off a child on a day."""

from __future__ import annotations

from datetime import date, timedelta

from tests.reference import siblings, slough_planning
from tests.reference.days import Records, add_months, in_force, rows_of
from tests.reference.placements import ADOPTIVE, EARLY_PERMANENCE
from tests.reference.plans import plan_record
from tests.reference.pre_proceedings import open_decisions
from tests.reference.rules import matches_supplied
from tests.reference.salford_due import Due
from tests.reference.salford_facts import long_term_placement_since, under_18_and_alive
from tests.reference.slough_monitoring import and_considered, monitored, never_considered, relinquished_not_in_care
from tests.reference.terms import ChildOnDay, spine

Answer = tuple[date, str]
LIMITS = {
    "pre_proceedings_16w": lambda since: since + timedelta(weeks=16),
    "proceedings_26w": lambda since: since + timedelta(weeks=26),
    "placement_order_4m": lambda since: add_months(since, 4),
    "ltf_unmatched": lambda since: since,
    "plan_confirmed_6m": lambda since: add_months(since, 6),
    "fgc_before_plan": lambda since: since,
    "pre_proceedings_letter": lambda since: since,
    "siblings_apart_unassessed": lambda since: since,
    "siblings_to_live_together": lambda since: since,
    "siblings_apart_meeting": lambda since: since,
    "adoption_considered": lambda since: since,
    "early_permanence_considered": lambda since: since,
    "monitoring_group": lambda since: since,
    "pmg_not_considered": lambda since: since,
    "fgc_in_pre_proceedings": lambda since: since,
}
MEASURES = tuple(LIMITS)
MILESTONES = tuple(slough_planning.MILESTONES)
RULES = (*MEASURES, *MILESTONES)


def in_words(child: str, in_care: dict[str, ChildOnDay]) -> str:
    return "in care" if child in in_care else "not in care"


def pre_proceedings(records: Records, day: date, in_care: dict[str, ChildOnDay]) -> dict[str, Answer]:
    found = {}
    for child in under_18_and_alive(records, day):
        begun = [one.decided for one in open_decisions(records, child, day)]
        if begun:
            found[child] = min(begun), in_words(child, in_care)
    return found


def no_letter(records: Records, day: date, in_care: dict[str, ChildOnDay]) -> dict[str, Answer]:
    found = {}
    for child in under_18_and_alive(records, day):
        begun = [one.decided for one in open_decisions(records, child, day) if one.letter is None or one.letter > day]
        if begun:
            found[child] = min(begun), in_words(child, in_care)
    return found


def no_conference_offered(records: Records, day: date, in_care: dict[str, ChildOnDay]) -> dict[str, Answer]:
    found = {}
    for child, (since, words) in pre_proceedings(records, day, in_care).items():
        if not any(since - timedelta(weeks=52) <= held <= day for held in slough_planning.conferences(records, child, ("FGC",))):
            found[child] = since, words
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
            found[child] = issued, in_words(child, in_care)
    return found


def and_placement_known(child: ChildOnDay, words: str) -> str:
    return words if child.placement_type is not None else f"{words}; placement not known"


def placement_order(records: Records, child: ChildOnDay) -> Answer | None:
    """Until the child is adopted, and so no longer in care."""
    if child.placement_order_since is None:
        return None
    if child.placement_type in ADOPTIVE:
        words = "placed for adoption"
    elif child.placement_type in EARLY_PERMANENCE:
        words = "early permanence"
    elif child.matched_for_adoption:
        words = "matched"
    else:
        words = "not matched" if matches_supplied(records) else "matches not supplied"
    return child.placement_order_since, and_placement_known(child, words)


def unmatched(records: Records, child: ChildOnDay) -> Answer | None:
    plan = child.option_since.get("long_term_fostering")
    placed = long_term_placement_since(records, child)
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


OF_BROTHERS_AND_SISTERS = {
    "siblings_apart_unassessed": siblings.apart_unassessed,
    "siblings_to_live_together": siblings.to_live_together,
}
OF_A_CHILD = {
    "placement_order_4m": placement_order,
    "ltf_unmatched": unmatched,
    "plan_confirmed_6m": no_plan,
    "fgc_before_plan": slough_planning.no_conference_before_plan,
    "adoption_considered": slough_planning.adoption_never_considered,
    "siblings_apart_meeting": siblings.apart_without_meeting,
    "monitoring_group": monitored,
    "pmg_not_considered": monitored,
}
OF_EVERYBODY = {
    "pre_proceedings_16w": pre_proceedings,
    "proceedings_26w": proceedings,
    "pre_proceedings_letter": no_letter,
    "fgc_in_pre_proceedings": no_conference_offered,
    "early_permanence_considered": slough_planning.early_permanence,
}
WITH_MEETINGS = {"monitoring_group": and_considered, "pmg_not_considered": never_considered}


def clocks(records: Records, rule: str, day: date, settings) -> dict[str, Answer]:
    """{child: (since, detail)} for everybody whose clock runs."""
    in_care = spine(records, day, settings)
    if rule in OF_EVERYBODY:
        return OF_EVERYBODY[rule](records, day, in_care)
    if rule in OF_BROTHERS_AND_SISTERS:
        apart = {child: OF_BROTHERS_AND_SISTERS[rule](records, terms, in_care) for child, terms in in_care.items()}
        return {child: answer for child, answer in apart.items() if answer is not None}
    answers = {child: OF_A_CHILD[rule](records, terms) for child, terms in in_care.items()}
    if rule in WITH_MEETINGS:
        answers |= relinquished_not_in_care(records, day, under_18_and_alive(records, day) - set(in_care))
        answers = {child: WITH_MEETINGS[rule](records, child, day, answer) for child, answer in answers.items()}
    return {child: answer for child, answer in answers.items() if answer is not None}


def rule_list(records: Records, rule: str, day: date, settings) -> dict[str, tuple[date, date, int, str]]:
    """{child: (since, limit date, days over, detail)} at or over the limit."""
    found = {}
    for child, (since, words) in clocks(records, rule, day, settings).items():
        limit = LIMITS[rule](since)
        # "More than 16 weeks", "no more than 26 weeks": on the very day it is not yet more.
        if limit < day or (limit == day and rule not in ("pre_proceedings_16w", "proceedings_26w")):
            found[child] = (since, limit, (day - limit).days, words)
    return found


def milestones(records: Records, rule: str, day: date, settings) -> dict[str, tuple[date, date | None, date | None, str]]:
    """{child: (since, due, done, state)} of everybody of whom a rule with due dates asks something."""
    in_care = spine(records, day, settings)
    found: dict[str, list[Due]] = slough_planning.MILESTONES[rule](records, day, in_care, settings)
    standing = {child: slough_planning.standing(asked, day) for child, asked in found.items()}
    return {child: (since, due, done, state) for child, (state, since, due, done) in ((c, a) for c, a in standing.items() if a)}
