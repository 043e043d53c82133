"""`adoption_no_placement` and `adoption_not_placed`: adoption is the plan, but the child lives elsewhere."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.kinds import on, rule_case
from tests.support.builder import child

nowhere = partial(rule_case, "adoption_no_placement")
not_placed = partial(rule_case, "adoption_not_placed")
ON_10_JUNE = on("2025-03-01", "2025-03-01", 101)
WAITING = "matched or early permanence, awaiting the move"


def adoption_plan():
    return child().in_care("2024-11-01").plan("ADOPTION", "2025-03-01")


def with_foster_carers():
    return adoption_plan().placement("U6", "2024-11-01")


def in_hospital_from(kind: str):
    return adoption_plan().placement(kind, "2025-04-01", "2025-06-08").placement("T1", "2025-06-08")


CASES = (
    nowhere(
        "The day before adoption becomes the plan, the child is not on the list.",
        with_foster_carers(), "2025-02-28",
    ),
    nowhere(
        "On the day that adoption becomes the plan, a child with foster carers is on the list.",
        with_foster_carers(), "2025-03-01", on("2025-03-01", "2025-03-01", 0),
    ),
    nowhere(
        "The day after, the child has been on it for a day.",
        with_foster_carers(), "2025-03-02", on("2025-03-01", "2025-03-01", 1),
    ),
    nowhere(
        "Adoption beside return home as a parallel plan counts.",
        adoption_plan().plan("RETURN6M ADOPTION", "2025-05-01"), "2025-06-10", ON_10_JUNE,
    ),
    nowhere(
        "A child to be matched tomorrow is on the list today.",
        with_foster_carers().permanence(matched="2025-06-11"), "2025-06-10", ON_10_JUNE,
    ),
    nowhere(
        "A child matched today is off the list.",
        with_foster_carers().permanence(matched="2025-06-10"), "2025-06-10",
    ),
    nowhere(
        "A match that stands only in the local matches counts as well.",
        with_foster_carers().match("ADOPTION", "2025-06-10"), "2025-06-10",
    ),
    nowhere(
        "A long-term fostering match is no match for adoption.",
        with_foster_carers().match("LTF", "2025-06-01"), "2025-06-10", ON_10_JUNE,
    ),
    nowhere(
        "A match whose decision is reversed today puts the child back on the list, with the clock of the plan.",
        with_foster_carers().permanence(matched="2025-05-01", reversed="2025-06-10"), "2025-06-10", ON_10_JUNE,
    ),
    nowhere(
        "A decision reversed before the match does not undo it.",
        with_foster_carers().permanence(matched="2025-05-01", reversed="2025-04-30"), "2025-06-10",
    ),
    nowhere(
        "A local match that ended today puts the child back on the list.",
        with_foster_carers().match("ADOPTION", "2025-05-01", ended="2025-06-10"), "2025-06-10", ON_10_JUNE,
    ),
    nowhere(
        "A match from before this period of care does not count.",
        with_foster_carers().permanence(matched="2024-10-31"), "2025-06-10", ON_10_JUNE,
    ),
    nowhere(
        "A child in an early permanence placement is not on the list.",
        adoption_plan().placement("U2", "2025-04-01"), "2025-06-10",
    ),
    nowhere(
        "The day before moving in with adopters, the child is on the list.",
        adoption_plan().placement("U6", "2024-11-01", "2025-06-11").placement("A5", "2025-06-11"), "2025-06-10", ON_10_JUNE,
    ),
    nowhere(
        "On the day of moving in with adopters, the child is off the list.",
        adoption_plan().placement("U6", "2024-11-01", "2025-06-10").placement("A5", "2025-06-10"), "2025-06-10",
    ),
    nowhere(
        "A child in hospital, living with adopters before and after, is not on the list.",
        in_hospital_from("A6"), "2025-06-10",
    ),
    nowhere(
        "A child with no placement row is on the list, and marked.",
        adoption_plan(), "2025-06-10", ON_10_JUNE, detail="no placement; placement not known",
    ),
    nowhere(
        "Without the permanence file, the local matches alone say who is matched.",
        with_foster_carers().match("ADOPTION", "2025-06-10"), "2025-06-10", without=("ssd_permanence",),
    ),
    not_placed(
        "The day before adoption becomes the plan, the child is not on the list.",
        with_foster_carers(), "2025-02-28",
    ),
    not_placed(
        "On the day that adoption becomes the plan, a child with foster carers is on the list.",
        with_foster_carers(), "2025-03-01", on("2025-03-01", "2025-03-01", 0), detail="no placement",
    ),
    not_placed(
        "The day after, the child has been on it for a day.",
        with_foster_carers(), "2025-03-02", on("2025-03-01", "2025-03-01", 1),
    ),
    not_placed(
        "A child who is matched but has not moved stays on the list, awaiting the move.",
        with_foster_carers().permanence(matched="2025-06-01"), "2025-06-10", ON_10_JUNE, detail=WAITING,
    ),
    not_placed(
        "A child in an early permanence placement stays on the list, awaiting the move.",
        adoption_plan().placement("U5", "2025-04-01"), "2025-06-10", ON_10_JUNE, detail=WAITING,
    ),
    not_placed(
        "The day before moving in with adopters, the child is on the list.",
        adoption_plan().placement("U6", "2024-11-01", "2025-06-11").placement("A3", "2025-06-11"), "2025-06-10", ON_10_JUNE,
    ),
    not_placed(
        "On the day of moving in with adopters, the child is off the list.",
        adoption_plan().placement("U6", "2024-11-01", "2025-06-10").placement("A3", "2025-06-10"), "2025-06-10",
    ),
    not_placed(
        "A child back with foster carers after a disruption is on the list again, with the clock of the plan.",
        adoption_plan().placement("A6", "2025-04-01", "2025-06-10").placement("U6", "2025-06-10"), "2025-06-10", ON_10_JUNE,
    ),
    not_placed(
        "A child in hospital, living with adopters before and after, is not on the list.",
        in_hospital_from("A4"), "2025-06-10",
    ),
    not_placed(
        "A child in hospital, living with foster carers before and after, is on the list.",
        in_hospital_from("U6"), "2025-06-10", ON_10_JUNE, detail="no placement",
    ),
    not_placed(
        "A child who is matched and has no placement row stays on the list, and is marked.",
        adoption_plan().permanence(matched="2025-06-01"), "2025-06-10", ON_10_JUNE, detail=f"{WAITING}; placement not known",
    ),
    not_placed(
        "Adoption that was the plan until today is not the plan today.",
        child().in_care("2024-11-01").plan("ADOPTION", "2025-03-01", "2025-06-10").placement("U6", "2024-11-01"), "2025-06-10",
    ),
)  # fmt: skip
