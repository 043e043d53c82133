"""Slough's aims for planning: a family group conference before the plan, early permanence considered for the youngest."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.kinds import on, rule_case
from tests.metrics.cases.national_child import national

SETTINGS = {"policies": ("slough",)}
conference = partial(rule_case, "fgc_before_plan", settings=SETTINGS)
early = partial(rule_case, "early_permanence_considered", settings=SETTINGS)
PLANNED = on("2025-03-10", "2025-03-10", 20)


def in_care(born="2015-05-10"):
    return national(born=born).in_care("2025-01-31")


def planned():
    return in_care().plan("ADOPTION", "2025-03-10")


def small():
    return in_care(born="2022-06-01").proceedings("2025-02-03").placement("U6", "2025-01-31")


CASES = (
    conference(
        "With no conference at all, the child is on the list since the plan began.",
        planned(), "2025-03-30", PLANNED, detail="none held",
    ),
    conference(
        "A conference the day before the plan began is one before it.",
        planned().meeting("FGC", "2025-03-09"), "2025-03-30",
    ),
    conference(
        "A conference on the day on which the plan began is not before it.",
        planned().meeting("FGC", "2025-03-10"), "2025-03-30", PLANNED, detail="held on 10/03/2025, not before the plan",
    ),
    conference(
        "A conference that was booked or cancelled was not held.",
        planned().meeting("FGC", "2025-03-01", "BOOKED").meeting("FGC", "2025-03-02", "CANCELLED"), "2025-03-30", PLANNED,
        detail="none held",
    ),
    conference(
        "A meeting without a status counts as held.",
        planned().meeting("FGC", "2025-03-01", None), "2025-03-30",
    ),
    conference(
        "A conference on the day of entry to care counts for this period of care.",
        planned().meeting("FGC", "2025-01-31"), "2025-03-30",
    ),
    conference(
        "A conference the day before entry to care does not, and the list says so.",
        planned().meeting("FGC", "2025-01-30"), "2025-03-30", PLANNED, detail="held on 30/01/2025, before this period of care",
    ),
    conference(
        "A family network meeting is not a family group conference.",
        planned().meeting("FNM", "2025-03-01"), "2025-03-30", PLANNED,
    ),
    conference(
        "A child without a plan is not on this list.",
        in_care(), "2025-03-30",
    ),
    conference(
        "A new plan is asked anew: a conference before it takes the child off.",
        planned().plan("LTFOST18", "2025-06-01").meeting("FGC", "2025-05-20"), "2025-06-02",
    ),
    early(
        "A child under three in proceedings with no early permanence option is on the list since the issue.",
        small(), "2025-03-01", on("2025-02-03", "2025-02-03", 26), detail="not in an early permanence placement",
    ),
    early(
        "The day before the third birthday the child is under three.",
        small(), "2025-05-31", on("2025-02-03", "2025-02-03", 117),
    ),
    early(
        "On the third birthday the child is not.",
        small(), "2025-06-01",
    ),
    early(
        "An option that was referred that day has been considered, also when it is closed.",
        small().option("EARLY_PERMANENCE", referred="2025-03-01", closed="2025-03-01"), "2025-03-01",
    ),
    early(
        "An option to be referred tomorrow has not.",
        small().option("EARLY_PERMANENCE", referred="2025-03-02"), "2025-03-01", on("2025-02-03", "2025-02-03", 26),
    ),
    early(
        "An option referred before birth and before entry to care counts.",
        small().option("EARLY_PERMANENCE", referred="2022-04-01"), "2025-03-01",
    ),
    early(
        "Another option is no early permanence option.",
        small().option("ADOPTION", referred="2025-02-10"), "2025-03-01", on("2025-02-03", "2025-02-03", 26),
    ),
    early(
        "Proceedings that concluded that day are over.",
        in_care(born="2022-06-01").proceedings("2025-02-03", "2025-03-01"), "2025-03-01",
    ),
    early(
        "Where proceedings are not supplied, an interim care order stands for them.",
        in_care(born="2022-06-01").legal("C1", "2025-02-05"), "2025-03-01", on("2025-02-05", "2025-02-05", 24),
        without=("local_care_proceedings",), detail="placement not known",
    ),
    early(
        "A child whose date of birth is missing is left out.",
        in_care(born=None).proceedings("2025-02-03"), "2025-03-01",
    ),
)  # fmt: skip
