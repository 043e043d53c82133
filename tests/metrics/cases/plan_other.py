"""`plan_other`: other is the only option; no limit."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.kinds import on, rule_case
from tests.support.builder import child

other = partial(rule_case, "plan_other")
OPEN = "special guardianship or child arrangements assessment open"
NOT_OPEN = "no such assessment open"
ON_10_JUNE = on("2025-03-01", "2025-03-01", 101)


def in_care():
    return child().in_care("2023-11-01")


def plan_other():
    return in_care().plan("OTHERPLN", "2025-03-01")


CASES = (
    other(
        "The day before other becomes the plan, the child is not on the list.",
        plan_other(), "2025-02-28",
    ),
    other(
        "A child whose plan becomes other today is on the list.",
        plan_other(), "2025-03-01", on("2025-03-01", "2025-03-01", 0), detail=NOT_OPEN,
    ),
    other(
        "The day after, the child has been on it for a day.",
        plan_other(), "2025-03-02", on("2025-03-01", "2025-03-01", 1),
    ),
    other(
        "Other beside adoption is a parallel plan, and not on this list.",
        in_care().plan("OTHERPLN ADOPTION", "2025-03-01"), "2025-06-10",
    ),
    other(
        "Once other stands alone, its clock includes the days on which it stood beside adoption.",
        in_care().plan("OTHERPLN ADOPTION", "2025-03-01").plan("OTHERPLN", "2025-06-10"), "2025-06-10", ON_10_JUNE,
    ),
    other(
        "A plan that is renewed, with a gap of 28 days, keeps its clock.",
        in_care().plan("OTHERPLN", "2025-03-01", "2025-04-01").plan("OTHERPLN", "2025-04-29"), "2025-06-10", ON_10_JUNE,
    ),
    other(
        "A plan of special guardianship, from a system that has a code for it, is not other.",
        in_care().plan("SPECGUARD", "2025-03-01"), "2025-06-10",
    ),
    other(
        "A special guardianship assessment referred today is shown as open.",
        plan_other().option("SGO", referred="2025-06-10"), "2025-06-10", ON_10_JUNE, detail=OPEN,
    ),
    other(
        "An assessment to be referred tomorrow is not open yet.",
        plan_other().option("SGO", referred="2025-06-11"), "2025-06-10", ON_10_JUNE, detail=NOT_OPEN,
    ),
    other(
        "A child arrangements assessment that has started, with no referral recorded, is open.",
        plan_other().option("CAO", assessed="2025-05-01"), "2025-06-10", ON_10_JUNE, detail=OPEN,
    ),
    other(
        "An assessment that started in this period of care is open, though it was referred before.",
        plan_other().option("CAO", referred="2023-10-31", assessed="2025-05-01"), "2025-06-10", ON_10_JUNE, detail=OPEN,
    ),
    other(
        "An assessment from before this period of care does not count.",
        plan_other().option("SGO", referred="2023-09-01", assessed="2023-10-31"), "2025-06-10", ON_10_JUNE, detail=NOT_OPEN,
    ),
    other(
        "Where assessments are not supplied, the list says so.",
        plan_other(), "2025-06-10", ON_10_JUNE, without=("local_permanence_options",), detail="assessments not supplied",
    ),
    other(
        "An assessment closed today is not open.",
        plan_other().option("SGO", referred="2025-05-01", closed="2025-06-10"), "2025-06-10", ON_10_JUNE, detail=NOT_OPEN,
    ),
    other(
        "An assessment that has led to an order is not open.",
        plan_other().option("SGO", referred="2025-05-01", order="2025-06-10"), "2025-06-10", ON_10_JUNE, detail=NOT_OPEN,
    ),
)  # fmt: skip
