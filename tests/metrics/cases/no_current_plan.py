"""`no_current_plan`: no option on the day; the clock is since there is no plan; no limit."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.kinds import on, rule_case
from tests.support.builder import child

case = partial(rule_case, "no_current_plan")


def entered_in_january():
    return child().in_care("2025-01-31")


def entered_in_march():
    return child().in_care("2025-03-01")


def entered_at_15():
    return child(born="2010-01-31").in_care("2025-01-31")


CASES = (
    case(
        "A child with no plan recorded is on the list from the day of entry to care, not yet due.",
        entered_in_january(), "2025-01-31", on("2025-01-31", "2025-01-31", 0), detail="not yet due; no plan recorded",
    ),
    case(
        "Four months after entry on 31 January is 31 May: on 30 May a first plan is not yet due.",
        entered_in_january(), "2025-05-30", on("2025-01-31", "2025-01-31", 119), detail="not yet due; no plan recorded",
    ),
    case(
        "On 31 May, four months to the day after entry, a first plan is overdue.",
        entered_in_january(), "2025-05-31", on("2025-01-31", "2025-01-31", 120), detail="overdue; no plan recorded",
    ),
    case(
        "A plan that ends on 10 June is still the plan on 9 June.",
        entered_in_january().plan("LTFOST18", "2025-02-01", "2025-06-10"), "2025-06-09",
    ),
    case(
        "A plan that ends on 10 June is no plan on 10 June: the clock starts that day.",
        entered_in_january().plan("LTFOST18", "2025-02-01", "2025-06-10"), "2025-06-10",
        on("2025-06-10", "2025-06-10", 0), detail="overdue; plan ended",
    ),
    case(
        "The day after a plan ended, the child has been without one for a day.",
        entered_in_january().plan("LTFOST18", "2025-02-01", "2025-06-10"), "2025-06-11",
        on("2025-06-10", "2025-06-10", 1), detail="overdue; plan ended",
    ),
    case(
        "A blank plan supersedes the one before: the clock starts with the blank plan.",
        entered_in_january().plan("LTFOST18", "2025-02-01").plan("", "2025-06-01"), "2025-06-11",
        on("2025-06-01", "2025-06-01", 10), detail="overdue; blank plan",
    ),
    case(
        "A blank plan that has ended does not bring back the plan that it superseded.",
        entered_in_january().plan("LTFOST18", "2025-02-01").plan("", "2025-06-01", "2025-06-05"), "2025-06-11",
        on("2025-06-01", "2025-06-01", 10), detail="overdue; blank plan",
    ),
    case(
        "A second blank plan does not restart the clock.",
        entered_in_january().plan("LTFOST18", "2025-02-01").plan("", "2025-06-01").plan("", "2025-06-08"), "2025-06-11",
        on("2025-06-01", "2025-06-01", 10), detail="overdue; blank plan",
    ),
    case(
        "A child whose only plans are blank has had no plan since entry to care.",
        entered_in_january().plan("", "2025-02-20"), "2025-03-02",
        on("2025-01-31", "2025-01-31", 30), detail="not yet due; blank plan",
    ),
    case(
        "A plan in force for less than a day supersedes the one before: from that day there is no plan.",
        entered_in_january().plan("LTFOST18", "2025-02-01").plan("ADOPTION", "2025-06-01", "2025-06-01"), "2025-06-02",
        on("2025-06-01", "2025-06-01", 1),
    ),
    case(
        "A plan in force for less than a day, after the last plan had ended, does not move the clock.",
        entered_in_january().plan("LTFOST18", "2025-02-01", "2025-04-01").plan("ADOPTION", "2025-06-01", "2025-06-01"),
        "2025-06-02", on("2025-04-01", "2025-04-01", 62),
    ),
    case(
        "A plan dated tomorrow does not count today.",
        entered_in_january().plan("RETURN6M", "2025-06-12"), "2025-06-11",
        on("2025-01-31", "2025-01-31", 131), detail="overdue; no plan recorded",
    ),
    case(
        "A plan that started 28 days before entry to care counts.",
        entered_in_march().plan("RETURN6M", "2025-02-01"), "2025-03-01",
    ),
    case(
        "A plan that started 29 days before entry to care belongs to an earlier period, and does not count.",
        entered_in_march().plan("RETURN6M", "2025-01-31"), "2025-03-01",
        on("2025-03-01", "2025-03-01", 0), detail="not yet due; no plan recorded",
    ),
    case(
        "A plan that had ended before the child entered care: no plan since entry, not since the plan ended.",
        entered_in_march().plan("RETURN6M", "2025-02-20", "2025-02-25"), "2025-03-03",
        on("2025-03-01", "2025-03-01", 2), detail="not yet due; plan ended",
    ),
    case(
        "A child who comes back into care starts without a plan, whatever the plan was before.",
        child()
        .in_care("2024-01-10", "2024-09-10", period="FIRST")
        .plan("RETURN6M", "2024-02-01")
        .in_care("2025-03-01", period="SECOND"),
        "2025-03-02", on("2025-03-01", "2025-03-01", 1), detail="not yet due; no plan recorded",
    ),
    case(
        "A plan whose text cannot be read gives no option; the list says so.",
        entered_in_january().unreadable_plan("2025-02-10"), "2025-06-30",
        on("2025-01-31", "2025-01-31", 150), detail="overdue; plan not readable",
    ),
    case(
        "A child who was 15 at entry stays on the list until the pathway plan is reviewed.",
        entered_at_15().pathway_plan("2025-02-10"), "2025-02-09",
        on("2025-01-31", "2025-01-31", 9), detail="not yet due; no plan recorded",
    ),
    case(
        "A child who was 15 at entry counts the pathway plan as the permanence plan from the day it is reviewed.",
        entered_at_15().pathway_plan("2025-02-10"), "2025-02-10",
    ),
    case(
        "A pathway plan reviewed before this period of care does not count.",
        entered_at_15().pathway_plan("2025-01-30"), "2025-02-10", on("2025-01-31", "2025-01-31", 10),
    ),
    case(
        "A child who turned 15 the day after entry needs a permanence plan, pathway plan or not.",
        child(born="2010-02-01").in_care("2025-01-31").pathway_plan("2025-02-10"), "2025-02-10",
        on("2025-01-31", "2025-01-31", 10),
    ),
    case(
        "A child whose date of birth is missing is not treated as having been 15 at entry.",
        child(born=None).in_care("2025-01-31").pathway_plan("2025-02-10"), "2025-02-10", on("2025-01-31", "2025-01-31", 10),
    ),
)  # fmt: skip
