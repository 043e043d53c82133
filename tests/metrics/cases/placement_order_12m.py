"""`placement_order_12m`: subject to a placement order for twelve months or more."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.kinds import on, rule_case
from tests.support.builder import child

case = partial(rule_case, "placement_order_12m")
A_YEAR = on("2025-01-10", "2026-01-10", 0)


def in_care():
    return child().in_care("2023-06-01")


def ordered():
    return in_care().legal("E1", "2025-01-10")


def recorded_only():
    return in_care().legal("C2", "2024-06-01", "2025-01-10").permanence(order="2025-01-10")


def ordered_and_recorded(ended):
    return in_care().legal("C2", "2024-06-01").legal("E1", "2025-01-10", ended).permanence(order="2025-01-10")


CASES = (
    case(
        "A placement order of 29 February 2024 reaches twelve months on 28 February 2025: on 27 February it is not on the list.",
        in_care().legal("E1", "2024-02-29"), "2025-02-27",
    ),
    case(
        "A placement order of 29 February 2024 reaches twelve months on 28 February 2025.",
        in_care().legal("E1", "2024-02-29"), "2025-02-28", on("2024-02-29", "2025-02-28", 0),
    ),
    case(
        "The day after, the same child is one day over.",
        in_care().legal("E1", "2024-02-29"), "2025-03-01", on("2024-02-29", "2025-02-28", 1),
    ),
    case(
        "A care order in force beside the placement order changes nothing.",
        ordered().legal("C2", "2024-06-01"), "2026-01-10", A_YEAR,
    ),
    case(
        "Two placement order rows with one day uncovered between them are one run.",
        in_care().legal("E1", "2025-01-10", "2025-04-01").legal("E1", "2025-04-02"), "2026-01-10", A_YEAR,
    ),
    case(
        "Two placement order rows with two days uncovered between them are two orders: the clock starts with the second.",
        in_care().legal("E1", "2025-01-10", "2025-04-01").legal("E1", "2025-04-03"), "2026-04-03",
        on("2025-04-03", "2026-04-03", 0),
    ),
    case(
        "Before the second order has run for twelve months, the child is not on the list.",
        in_care().legal("E1", "2025-01-10", "2025-04-01").legal("E1", "2025-04-03"), "2026-04-02",
    ),
    case(
        "Rows that overlap are one run, also where a short row lies inside a long one.",
        in_care().legal("E1", "2025-01-10", "2025-09-01").legal("E1", "2025-02-01", "2025-03-01").legal("E1", "2025-08-01"),
        "2026-01-10", A_YEAR,
    ),
    case(
        "A placement order that ends today is not in force today.",
        in_care().legal("E1", "2025-01-10", "2026-01-10"), "2026-01-10",
    ),
    case(
        "A reversed decision does not end a placement order that is in force.",
        ordered().permanence(order="2025-01-10", reversed="2025-06-01"), "2026-01-10", A_YEAR,
    ),
    case(
        "Where no placement order stands among the legal statuses, the date of the permanence record counts.",
        recorded_only(), "2026-01-10", A_YEAR,
    ),
    case(
        "A legal status that started on the day of the recorded order does not know better.",
        recorded_only().legal("C2", "2025-01-10"), "2026-01-10", A_YEAR,
    ),
    case(
        "A legal status that started the day after the recorded order knows better: not on the list.",
        recorded_only().legal("C2", "2025-01-11"), "2026-01-10",
    ),
    case(
        "A placement order that ended while a care order beside it goes on is over, whatever the permanence record has.",
        ordered_and_recorded("2026-01-10"), "2026-01-10",
    ),
    case("The day before it ended, the child is subject to it.", ordered_and_recorded("2026-01-11"), "2026-01-10", A_YEAR),
    case(
        "An earlier placement order that ended on the day of the recorded order says nothing about it.",
        in_care().legal("C2", "2024-06-01").legal("E1", "2024-07-01", "2025-01-10").permanence(order="2025-01-10"), "2026-01-10", A_YEAR,
    ),
    case(
        "A special guardianship order in the same table is no legal status of a child in care, and says nothing about it.",
        recorded_only().legal(None, "2025-01-11"), "2026-01-10", A_YEAR,
    ),
    case(
        "A recorded order whose decision is reversed tomorrow still counts today.",
        in_care().permanence(order="2025-01-10", reversed="2026-01-11"), "2026-01-10", A_YEAR,
    ),
    case(
        "A recorded order whose decision is reversed today does not count.",
        in_care().permanence(order="2025-01-10", reversed="2026-01-10"), "2026-01-10",
    ),
    case(
        "A decision that had been reversed before the order was made does not undo the order.",
        in_care().permanence(order="2025-01-10", reversed="2025-01-09"), "2026-01-10", A_YEAR,
    ),
    case(
        "The latest recorded order counts; when its decision is reversed, an earlier one does not come back.",
        in_care().permanence(order="2024-03-01").permanence(order="2025-01-10", reversed="2025-06-01"), "2026-01-10",
    ),
    case(
        "A recorded order from before this period of care does not count.",
        child().in_care("2025-01-11").permanence(order="2025-01-10"), "2026-06-01",
    ),
    case(
        "Without the permanence file, the legal statuses alone give the order.",
        ordered(), "2026-01-10", A_YEAR, without=("ssd_permanence",),
        detail="not matched; placement not known",
    ),
    case(
        "A child in an adoptive placement is shown as placed for adoption, matched or not.",
        ordered().placement("A5", "2025-09-01").permanence(matched="2025-08-01"), "2026-01-10", A_YEAR,
        detail="placed for adoption",
    ),
    case(
        "A child with carers who may adopt is shown as early permanence.",
        ordered().placement("U5", "2025-09-01"), "2026-01-10", A_YEAR, detail="early permanence",
    ),
    case(
        "Where neither source of matches is supplied, the list says so.",
        ordered().placement("U6", "2025-01-10"), "2026-01-10", A_YEAR,
        without=("ssd_permanence", "local_carer_matches"), detail="matches not supplied",
    ),
    case(
        "A child matched today is shown as matched.",
        ordered().placement("U6", "2025-01-10").match("ADOPTION", "2026-01-10"), "2026-01-10", A_YEAR, detail="matched",
    ),
    case(
        "A child to be matched tomorrow is shown as not matched.",
        ordered().placement("U6", "2025-01-10").match("ADOPTION", "2026-01-11"), "2026-01-10", A_YEAR, detail="not matched",
    ),
)  # fmt: skip
