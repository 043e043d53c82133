"""The rules of the practice guidance, read off a child on a day."""

from __future__ import annotations

from datetime import date

from tests.reference.days import Records, add_months, by_day, rows_of, within
from tests.reference.plans import plans_that_count, spans
from tests.reference.south_east_meetings import Due, planning_meetings_due, standing
from tests.reference.south_east_terms import (
    FOSTER,
    is_irregular,
    meetings_held,
    move_dates,
    proceedings_in_force,
    reviews_held,
    status_since,
    weeks,
)
from tests.reference.terms import ChildOnDay, episode_on, spine

MILESTONES = (
    "ppm_due",
    "head_of_service_weekly",
    "plan_by_second_review",
    "final_care_planning_26w",
    "placed_with_parents_ratified",
)
MEASURES = ("section_20_12w", "parallel_plan", "ltf_unratified", "trigger_review_ppm")
LIMIT_IN_WEEKS = {"section_20_12w": 12}


def head_of_service_review(records: Records, child: ChildOnDay) -> Due | None:
    """Every week from the move, while the placement is unregistered or unapproved."""
    if not is_irregular(records, child):
        return None
    move = max(child.placement_start, child.entered_care)
    held = meetings_held(records, child, "HOS_REVIEW", move)
    words = "last reviewed by the head of service" if held else "not reviewed since the move"
    last = held[-1] if held else move
    return Due(last, last + weeks(1), None, words)


def second_review_due(records: Records, child: ChildOnDay) -> date | None:
    """The day of the second review; until it is held, the day for which the next one is recorded as due."""
    held = reviews_held(records, child)
    if len(held) >= 2:
        return held[1]
    if not held:
        return None
    period = episode_on(records, child.child_id, child.as_at)["clae_cla_id"]
    to_come = [
        row["clar_cla_review_due_date"]
        for row in rows_of(records, "ssd_cla_reviews")
        if row["clar_cla_id"] == period
        and not row["clar_cla_review_cancelled"]
        and not by_day(row["clar_cla_review_date"], child.as_at)
        and row["clar_cla_review_due_date"] is not None
        and row["clar_cla_review_due_date"] > held[0]
    ]
    return min(to_come, default=None)


def plan_by_second_review(records: Records, child: ChildOnDay) -> Due:
    """A plan with an option, for a day or more, by the second review."""
    plans = spans(plans_that_count(records, child.child_id, child.entered_care, date.max))
    days = [max(plan.start, child.entered_care) for plan in plans if plan.options]
    done = min(days) if days and min(days) <= child.as_at else None
    reviews = len(reviews_held(records, child))
    words = ("first review to come", "second review to come", "second review held")[min(reviews, 2)]
    return Due(child.entered_care, second_review_due(records, child), done, words)


def final_care_planning(records: Records, child: ChildOnDay) -> Due | None:
    """A final care planning meeting within 26 weeks of issue."""
    proceedings = proceedings_in_force(records, child)
    if proceedings is None:
        return None
    issued, evidence = proceedings["issued_date"], proceedings["final_evidence_due_date"]
    held = meetings_held(records, child, "FINAL_CARE_PLANNING", issued)
    words = f"final evidence due on {evidence:%d/%m/%Y}" if evidence else "no day recorded for the final evidence"
    return Due(issued, issued + weeks(26), held[0] if held else None, words)


def placed_with_parents(records: Records, child: ChildOnDay) -> Due | None:
    """The Permanence Panel, due at once after a move to the parents, then every three months."""
    if child.placement_type != "P1":
        return None
    move = max(child.placement_start, child.entered_care)
    held = meetings_held(records, child, "PERMANENCE_PANEL", move)
    if not held:
        return Due(move, move, None, "no Permanence Panel since the move")
    return Due(held[-1], add_months(held[-1], 3), None, "review by the Permanence Panel")


def milestone(records: Records, rule: str, child: ChildOnDay) -> Due | None:
    """What stands for a child on a rule with due dates; None for a child whom the rule is not about."""
    if rule == "ppm_due":
        return standing(planning_meetings_due(records, child))
    return {
        "head_of_service_weekly": head_of_service_review,
        "plan_by_second_review": plan_by_second_review,
        "final_care_planning_26w": final_care_planning,
        "placed_with_parents_ratified": placed_with_parents,
    }[rule](records, child)


def accommodated_without_panel(records: Records, child: ChildOnDay) -> tuple[date, str] | None:
    """Accommodated, with no entry to care panel from the twelfth week on."""
    since = status_since(records, child, ("V2",))
    if since is None:
        return None
    held = meetings_held(records, child, "ENTRY_TO_CARE_PANEL", since)
    if any(day >= since + weeks(11) for day in held):
        return None
    return since, "entry to care panel held at entry, not since" if held else "no entry to care panel held"


def no_parallel_plan(records: Records, child: ChildOnDay) -> tuple[date, str] | None:
    """Neither two options in the plan nor a primary and a contingency being explored; a ratified match needs none."""
    if len(child.options) > 1 or child.long_term_ratified or _explores_two(records, child):
        return None
    since = min(child.option_since.values()) if child.options else child.no_plan_since
    words = f"one option: {child.plan_shown}" if child.options else "no plan"
    return since, words if len(reviews_held(records, child)) >= 2 else f"{words}; second review to come"


def _explores_two(records: Records, child: ChildOnDay) -> bool:
    kinds = {
        row["is_primary"]
        for row in rows_of(records, "local_permanence_options")
        if row["person_id"] == child.child_id
        and any(within(child.entered_care, row[column], child.as_at) for column in ("referral_date", "assessment_start_date"))
        and not by_day(row["order_date"], child.as_at)
        and not by_day(row["closed_date"], child.as_at)
    }
    return {True, False} <= kinds


def long_term_not_ratified(records: Records, child: ChildOnDay) -> tuple[date, str] | None:
    """Long-term fostering among the options, in a foster placement, and no ratified match."""
    if "long_term_fostering" not in child.options or child.placement_type not in FOSTER or child.long_term_ratified:
        return None
    since = max(child.option_since["long_term_fostering"], child.placement_start)
    return since, "matched, not ratified" if child.long_term_match else "not matched"


def change_without_meeting(records: Records, child: ChildOnDay) -> tuple[date, str] | None:
    """The first move or change of circumstances with no permanency planning meeting since."""
    changes = [(day, "placement move") for day in move_dates(records, child)]
    for row in rows_of(records, "local_events"):
        of_child = row["person_id"] == child.child_id and row["event_type"] == "CHANGE_OF_CIRCUMSTANCES"
        if of_child and within(child.entered_care, row["event_date"], child.as_at):
            changes.append((row["event_date"], "change of circumstances"))
    unanswered = [(day, what) for day, what in changes if not meetings_held(records, child, "PPM", day)]
    if not unanswered:
        return None
    return min(day for day, _ in unanswered), ", ".join(sorted({what for _, what in unanswered}))


def milestones(records: Records, rule: str, as_at: date, settings) -> dict[str, tuple]:
    """{child: (since, due, done, state, detail)} of every child whom the rule is about."""
    found = {}
    for child_id, child in spine(records, as_at, settings).items():
        if (one := milestone(records, rule, child)) is not None:
            found[child_id] = (one.since, one.due, one.done, one.state(as_at), one.detail)
    return found


def rule_list(records: Records, rule: str, as_at: date, settings) -> dict[str, tuple[date, date, int, str]]:
    """The children on a rule's list: {child: (since, limit date, days over, detail)}."""
    if rule in MILESTONES:
        found = milestones(records, rule, as_at, settings)
        return {
            child: (since, due, (as_at - due).days, words)
            for child, (since, due, _, state, words) in found.items()
            if state == "overdue"
        }
    condition = {
        "section_20_12w": accommodated_without_panel,
        "parallel_plan": no_parallel_plan,
        "ltf_unratified": long_term_not_ratified,
        "trigger_review_ppm": change_without_meeting,
    }[rule]
    found = {}
    for child_id, child in spine(records, as_at, settings).items():
        if (answer := condition(records, child)) is None:
            continue
        since, words = answer
        limit = since + weeks(LIMIT_IN_WEEKS.get(rule, 0))
        # "Lasts more than 12 weeks": on the very day it is not yet more.
        if limit < as_at or (limit == as_at and rule not in LIMIT_IN_WEEKS):
            found[child_id] = (since, limit, (as_at - limit).days, words)
    return found
