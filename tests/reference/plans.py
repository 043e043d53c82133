"""The plan on a day, since when each option has been the plan, and since when there has been none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tests.reference.days import Records, by_start_then_identifier, in_force, rows_of

OPTIONS = (
    "supported_at_home",
    "return_home",
    "relatives_or_friends",
    "long_term_fostering",
    "residential",
    "supported_living",
    "adoption",
    "other",
    "special_guardianship",
)
EARLIEST_BEFORE_ENTRY = timedelta(days=28)
LONGEST_GAP = timedelta(days=28)


@dataclass(frozen=True)
class PlanInForce:
    """A plan's options over the days on which it was in force: from its start to its end or the next plan's start."""

    start: date
    end: date | None
    options: tuple[str, ...]


def plans_that_count(records: Records, child: str, entered_care: date, day: date) -> list[dict]:
    """The child's plans of this period of care that had started by the day, in their order."""
    plans = [
        row
        for row in rows_of(records, "ssd_cla_care_plan")
        if row["lacp_person_id"] == child and entered_care - EARLIEST_BEFORE_ENTRY <= row["lacp_cla_care_plan_start_date"] <= day
    ]
    return sorted(plans, key=lambda row: by_start_then_identifier(row["lacp_cla_care_plan_start_date"], row["lacp_table_id"]))


def spans(plans: list[dict]) -> list[PlanInForce]:
    """The plans that were in force for at least a day, each cut where the next one supersedes it."""
    found = []
    for position, plan in enumerate(plans):
        start = plan["lacp_cla_care_plan_start_date"]
        ends = [plan["lacp_cla_care_plan_end_date"]]
        if position + 1 < len(plans):
            ends.append(plans[position + 1]["lacp_cla_care_plan_start_date"])
        known_ends = [end for end in ends if end is not None]
        end = min(known_ends) if known_ends else None
        if end is None or end > start:
            found.append(PlanInForce(start, end, tuple(option for option in OPTIONS if option in plan["lacp_options"])))
    return found


def options_on(plans_in_force: list[PlanInForce], day: date) -> tuple[str, ...]:
    """The options of the plan in force on the day; empty when there is none, or when it is blank."""
    for plan in plans_in_force:
        if in_force(plan.start, plan.end, day):
            return plan.options
    return ()


def option_since(plans_in_force: list[PlanInForce], option: str, entered_care: date) -> date:
    """The start of the latest unbroken run of an option that is the plan today; never earlier than entry to care."""
    with_an_option = [plan for plan in plans_in_force if plan.options]
    run_start = None
    for plan in reversed(with_an_option):
        if option not in plan.options:
            break
        if run_start is not None and run_start - plan.end > LONGEST_GAP:
            break
        run_start = plan.start
    return max(run_start, entered_care)


def no_plan_since(plans_in_force: list[PlanInForce], entered_care: date) -> date:
    """The day the last plan with an option ended or was superseded, or entry to care if later or if there was none."""
    with_an_option = [plan for plan in plans_in_force if plan.options]
    return max(with_an_option[-1].end, entered_care) if with_an_option else entered_care


def plan_record(records: Records, child: str, entered_care: date, day: date) -> str:
    """What the record says of a child with no option: the plan cannot be read, is blank, has ended, or was never recorded."""
    for row in rows_of(records, "unreadable_plans"):
        start = row["lacp_cla_care_plan_start_date"]
        if row["lacp_person_id"] != child or not in_force(start, row["lacp_cla_care_plan_end_date"], day):
            continue
        if start >= entered_care - EARLIEST_BEFORE_ENTRY:
            return "plan not readable"
    plans = plans_that_count(records, child, entered_care, day)
    if not plans:
        return "no plan recorded"
    return "plan ended" if plans[-1]["lacp_options"] else "blank plan"
