"""`return_home_6m`: return home among the options for six months or more."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.kinds import on, rule_case
from tests.support.builder import child

case = partial(rule_case, "return_home_6m")


def in_care():
    return child().in_care("2024-11-01")


def planned_in_august():
    return in_care().plan("RETURN6M", "2025-08-31")


def planned_in_january():
    return in_care().plan("RETURN6M", "2025-01-01")


CASES = (
    case(
        "A return home planned on 31 August 2025 reaches six months on 28 February 2026: on 27 February it is not on the list.",
        planned_in_august(), "2026-02-27",
    ),
    case(
        "On 28 February 2026, six months after 31 August 2025, the child is on the list with no day over.",
        planned_in_august(), "2026-02-28", on("2025-08-31", "2026-02-28", 0), detail="return home",
    ),
    case(
        "On 1 March 2026 the same child is one day over.",
        planned_in_august(), "2026-03-01", on("2025-08-31", "2026-02-28", 1),
    ),
    case(
        "In a leap year, six months after 31 August 2023 is 29 February 2024: on 28 February it is not on the list.",
        child().in_care("2023-06-01").plan("RETURN6M", "2023-08-31"), "2024-02-28",
    ),
    case(
        "In a leap year, six months after 31 August 2023 is 29 February 2024.",
        child().in_care("2023-06-01").plan("RETURN6M", "2023-08-31"), "2024-02-29", on("2023-08-31", "2024-02-29", 0),
    ),
    case(
        "A plan that is renewed does not restart the clock.",
        in_care().plan("RETURN6M", "2025-01-01", "2025-04-01").plan("RETURN6M", "2025-04-01"), "2025-07-01",
        on("2025-01-01", "2025-07-01", 0),
    ),
    case(
        "Return within a month that becomes return within six months, then eventual return, is one run.",
        in_care().plan("RETURN1M", "2025-01-01").plan("RETURN6M", "2025-02-01").plan("RETURNEV", "2025-05-01"), "2025-07-01",
        on("2025-01-01", "2025-07-01", 0),
    ),
    case(
        "From one plan's end on 1 March to the next one's start on 29 March is 28 days without a plan: the run goes on.",
        in_care().plan("RETURN6M", "2025-01-01", "2025-03-01").plan("RETURN6M", "2025-03-29"), "2025-07-01",
        on("2025-01-01", "2025-07-01", 0),
    ),
    case(
        "From 1 March to 30 March is 29 days without a plan: the run is broken, and 1 July is too early.",
        in_care().plan("RETURN6M", "2025-01-01", "2025-03-01").plan("RETURN6M", "2025-03-30"), "2025-07-01",
    ),
    case(
        "After a gap of 29 days the clock starts with the later plan.",
        in_care().plan("RETURN6M", "2025-01-01", "2025-03-01").plan("RETURN6M", "2025-03-30"), "2025-09-30",
        on("2025-03-30", "2025-09-30", 0),
    ),
    case(
        "Twenty-eight days of blank plan are a gap like any other: the run goes on.",
        in_care().plan("RETURN6M", "2025-01-01").plan("", "2025-03-01").plan("RETURN6M", "2025-03-29"), "2025-07-01",
        on("2025-01-01", "2025-07-01", 0),
    ),
    case(
        "Blank days and days without any plan add up to one gap: 29 of them break the run.",
        in_care()
        .plan("RETURN6M", "2025-01-01", "2025-03-01")
        .plan("", "2025-03-10", "2025-03-20")
        .plan("RETURN6M", "2025-03-30"),
        "2025-07-01",
    ),
    case(
        "A single day on which adoption alone was the plan breaks the run.",
        planned_in_january().plan("ADOPTION", "2025-03-01").plan("RETURN6M", "2025-03-02"), "2025-09-01",
    ),
    case(
        "After that day the clock starts with the new plan to return home.",
        planned_in_january().plan("ADOPTION", "2025-03-01").plan("RETURN6M", "2025-03-02"), "2025-09-02",
        on("2025-03-02", "2025-09-02", 0),
    ),
    case(
        "A plan in force for no whole day does not break the run.",
        planned_in_january().plan("ADOPTION", "2025-03-01", "2025-03-01").plan("RETURN6M", "2025-03-02"), "2025-07-01",
        on("2025-01-01", "2025-07-01", 0),
    ),
    case(
        "Days on which adoption stood beside it as a parallel plan count.",
        planned_in_january().plan("RETURN6M ADOPTION", "2025-04-01"), "2025-07-01",
        on("2025-01-01", "2025-07-01", 0), detail="parallel: return home, adoption",
    ),
    case(
        "A plan superseded by a blank one is not the plan any more.",
        planned_in_january().plan("", "2025-06-30"), "2025-07-01",
    ),
    case(
        "A plan for adoption dated tomorrow does not take the child off today.",
        planned_in_january().plan("ADOPTION", "2025-07-02"), "2025-07-01", on("2025-01-01", "2025-07-01", 0),
    ),
    case(
        "A plan that ends today is not the plan today.",
        in_care().plan("RETURN6M", "2025-01-01", "2025-07-01"), "2025-07-01",
    ),
    case(
        "A plan from a fortnight before entry to care counts from entry: on 14 July it is not on the list.",
        child().in_care("2025-01-15").plan("RETURN6M", "2025-01-01"), "2025-07-14",
    ),
    case(
        "A plan from a fortnight before entry to care reaches six months six months after entry.",
        child().in_care("2025-01-15").plan("RETURN6M", "2025-01-01"), "2025-07-15", on("2025-01-15", "2025-07-15", 0),
    ),
    case(
        "Remaining with the birth family under shared care is not a return home.",
        in_care().plan("REMAINSUP", "2025-01-01"), "2025-12-01",
    ),
)  # fmt: skip
