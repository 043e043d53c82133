"""`ppm_due`: meetings that count from an order, a hearing, or a move from a ratified match."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.milestones import milestone_case
from tests.metrics.cases.south_east_child import guided

case = partial(milestone_case, "ppm_due")
ORDER = "foster placement under a care order, not ratified: 4 weeks from the order"
REVIEW = "foster placement under a care order, not ratified: 3 months from the last meeting"
MOVE = "foster placement, long-term match ratified: 4 weeks from the move"
FINAL = "in care proceedings: 26 weeks from issue with no final care planning meeting"


def in_care():
    return guided().in_care("2025-01-31")


def met():
    """In care, with the first meeting held."""
    return in_care().meeting("PPM", "2025-02-05")


def fostered(until=None):
    return met().placement("U6", "2025-01-31", until, id="H1").legal("C2", "2025-02-10")


def in_court(concluded=None):
    return met().legal("C1", "2025-01-31").court("2025-02-03", hearing="2025-02-17", concluded=concluded)


def ratified():
    one = guided().in_care("2022-01-10", placement="H1").meeting("PPM", "2022-02-01").legal("C2", "2022-06-01")
    return one.placement("U4", "2022-01-10", "2025-03-03", id="H1").match("LTF", "2023-01-10", ratified="2023-02-01")


def moved():
    return ratified().placement("U6", "2025-03-03", id="H2").in_care("2025-03-03", reason="P", placement="H2")


CASES = (
    case(
        "Four weeks after a care order of 10 February is 10 March: on 9 March it is due.",
        fostered(), "2025-03-09", "due", "2025-03-10", detail=ORDER,
    ),
    case("On 10 March it is overdue.", fostered(), "2025-03-10", "overdue", "2025-03-10", detail=ORDER),
    case(
        "A meeting before the order does not count for the order.",
        fostered().meeting("PPM", "2025-02-09"), "2025-03-10", "overdue", "2025-03-10", detail=ORDER,
    ),
    case(
        "A meeting on the day of the order does; the next is three months on.",
        fostered().meeting("PPM", "2025-02-10"), "2025-03-10", "due", "2025-05-10", detail=REVIEW,
    ),
    case(
        "Three months after a meeting on 30 November 2025 is 28 February 2026.",
        fostered().meeting("PPM", "2025-11-30"), "2026-02-28", "overdue", "2026-02-28", detail=REVIEW,
    ),
    case(
        "An order entered again, with a gap of one day, is one order.",
        met().placement("U6", "2025-01-31").legal("C2", "2025-02-10", "2025-03-05").legal("C2", "2025-03-06"),
        "2025-03-10", "overdue", "2025-03-10", detail=ORDER,
    ),
    case(
        "With a gap of two days it is a new order, and the four weeks start again.",
        met().placement("U6", "2025-01-31").legal("C2", "2025-02-10", "2025-03-05").legal("C2", "2025-03-07"),
        "2025-03-10", "due", "2025-04-04", detail=ORDER,
    ),
    case(
        "An order from before entry to care counts from entry.",
        in_care().placement("U6", "2025-01-31").legal("C2", "2024-06-01"), "2025-02-28", "overdue", "2025-02-28", detail=ORDER,
    ),
    case(
        "An interim care order in a foster placement, with no proceedings recorded, is any other situation.",
        in_care().placement("U6", "2025-01-31").legal("C1", "2025-02-10"), "2025-02-27", "due", "2025-02-28",
        detail="any other situation: 4 weeks from entry to care",
    ),
    case(
        "An approval of another placement does not count for this one.",
        fostered().approval("UNAPPROVED", "H0", decided="2025-02-01"),
        "2025-03-10", "overdue", "2025-03-10", detail=ORDER,
    ),
    case(
        "A placement counts as unapproved from the day on which approval was asked for.",
        fostered().approval("UNAPPROVED", "H1", asked="2025-03-11"),
        "2025-03-10", "overdue", "2025-03-10", detail=ORDER,
    ),
    case(
        "Four weeks after a placement order of 3 March is 31 March.",
        fostered().legal("E1", "2025-03-03"), "2025-03-31", "overdue", "2025-03-31",
        detail="placement order, not matched: 4 weeks from the order",
    ),
    case(
        "Twelve weeks after a meeting on 31 March is 23 June.",
        fostered().legal("E1", "2025-03-03").meeting("PPM", "2025-03-31"), "2025-06-22", "due", "2025-06-23",
        detail="placement order, not matched: 12 weeks from the last meeting",
    ),
    case(
        "Once matched for adoption, the care order decides.",
        fostered().legal("E1", "2025-03-03").permanence(matched="2025-03-31"),
        "2025-03-31", "overdue", "2025-03-10", detail=ORDER,
    ),
    case(
        "With parents under an interim care order, four weeks count from the order.",
        met().placement("P1", "2025-01-31").legal("C1", "2025-02-10"), "2025-03-10", "overdue", "2025-03-10",
        detail="with parents under a care order: 4 weeks from the order",
    ),
    case(
        "With parents, six months after a meeting on 31 August 2025 is 28 February 2026.",
        in_care().placement("P1", "2025-01-31").legal("C2", "2025-02-10").meeting("PPM", "2025-08-31"), "2026-02-28",
        "overdue", "2026-02-28",
    ),
    case(
        "In a children's home under section 20, four weeks count from the day it began, where that is after the move.",
        met().placement("K2", "2025-01-31").legal("V2", "2025-02-10"), "2025-03-10", "overdue", "2025-03-10",
        detail="residential under section 20: 4 weeks from the move",
    ),
    case(
        "In a children's home under section 20, a move starts the four weeks again.",
        met().placement("U6", "2025-01-31", "2025-03-03").placement("K2", "2025-03-03").legal("V2", "2025-01-31"), "2025-03-05",
        "due", "2025-03-31", detail="residential under section 20: 4 weeks from the move",
    ),
    case(
        "In a children's home under a care order, a move starts nothing.",
        met().placement("U6", "2025-01-31", "2025-03-03").placement("K2", "2025-03-03").legal("C2", "2025-02-10"), "2025-03-05",
        "due", "2025-03-10", detail="residential under a care order: 4 weeks from the order",
    ),
    case(
        "In a foster placement under section 20, three months after a meeting the next is due, not twelve.",
        in_care().placement("U6", "2025-01-31").legal("V2", "2025-01-31").meeting("PPM", "2025-02-28"), "2025-05-28",
        "overdue", "2025-05-28", detail="foster placement under section 20, not ratified: 3 months from the last meeting",
    ),
    case(
        "The day before the three months are up, it is due.",
        in_care().placement("U6", "2025-01-31").legal("V2", "2025-01-31").meeting("PPM", "2025-02-28"), "2025-05-27",
        "due", "2025-05-28",
    ),
    case(
        "A young offender institution is not one of the guidance's residential settings.",
        in_care().placement("R5", "2025-01-31").legal("C2", "2025-02-10"), "2025-02-28", "overdue", "2025-02-28",
        detail="any other situation: 4 weeks from entry to care",
    ),
    case(
        "In hospital, the foster placement that it interrupts decides.",
        fostered("2025-03-01").placement("T1", "2025-03-01"),
        "2025-03-10",
        "overdue", "2025-03-10", detail=ORDER,
    ),
    case(
        "With a long-term match ratified and no move since, nothing falls due.",
        ratified(), "2025-03-02", "no date", detail="foster placement, long-term match ratified: on a change of placement only",
    ),
    case(
        "After a move on 3 March a meeting is due four weeks on, on 31 March.",
        moved(), "2025-03-30",
        "due", "2025-03-31", detail=MOVE,
    ),
    case(
        "A meeting held after the move is the only one: it was done in time.",
        moved().meeting("PPM", "2025-03-31"),
        "2025-12-31", "done in time", "2025-03-31", "2025-03-31", detail=MOVE,
    ),
    case(
        "On the day before the match is ratified, the review every three months still runs.",
        fostered().match("LTF", "2025-06-01", ratified="2025-06-20").meeting("PPM", "2025-03-01"), "2025-06-19",
        "overdue", "2025-06-01", detail=REVIEW,
    ),
    case(
        "Three weeks after a first hearing on 17 February is 10 March.",
        in_court(), "2025-03-10", "overdue", "2025-03-10", detail="in care proceedings: 3 weeks from the first hearing",
    ),
    case(
        "Once held, the final care planning meeting is next: 26 weeks from issue on 3 February is 4 August.",
        in_court().meeting("PPM", "2025-03-10"), "2025-08-03", "due", "2025-08-04", detail=FINAL,
    ),
    case(
        "On 4 August, with no final care planning meeting, it is overdue.",
        in_court().meeting("PPM", "2025-03-10"), "2025-08-04", "overdue", "2025-08-04",
    ),
    case(
        "With a final care planning meeting held, both were done in time.",
        in_court().meeting("PPM", "2025-03-10").meeting("FINAL_CARE_PLANNING", "2025-08-04"), "2025-09-01",
        "done in time", "2025-08-04", "2025-08-04", detail=FINAL,
    ),
    case(
        "A final care planning meeting held in the proceedings before entry to care counts.",
        guided().in_care("2025-07-01", placement="H1").court("2025-02-03", hearing="2025-02-17")
        .meeting("FINAL_CARE_PLANNING", "2025-06-15").meeting("PPM", "2025-07-10"), "2025-08-10",
        "done in time", "2025-08-04", "2025-06-15", detail=FINAL,
    ),
    case(
        "A first hearing dated tomorrow does not count yet: the final care planning meeting is what falls due.",
        in_court(), "2025-02-16", "due", "2025-08-04", detail=FINAL,
    ),
    case(
        "On the day proceedings conclude, the child is in another situation.",
        in_court("2025-03-10"), "2025-03-10",
        "due", "2026-02-05", detail="any other situation: 12 months from the last meeting",
    ),
    case(
        "A review meeting held at 26 weeks answers proceedings that go on, as the guidance asks for one.",
        in_court().meeting("PPM", "2025-03-10").meeting("PPM", "2025-08-04"), "2025-08-05",
        "done in time", "2025-08-04", "2025-08-04", detail=FINAL,
    ),
    case(
        "A review meeting the day before 26 weeks does not.",
        in_court().meeting("PPM", "2025-03-10").meeting("PPM", "2025-08-03"), "2025-08-05", "overdue", "2025-08-04",
    ),
    case(
        "With no first hearing recorded, three weeks count from 18 days after issue: 3 February and 39 days is 14 March.",
        met().legal("C1", "2025-01-31").court("2025-02-03"), "2025-03-13", "due", "2025-03-14",
        detail="in care proceedings: no first hearing recorded, 3 weeks from 18 days after issue",
    ),
    case(
        "On 14 March it is overdue.",
        met().legal("C1", "2025-01-31").court("2025-02-03"), "2025-03-14", "overdue", "2025-03-14",
    ),
    case(
        "Four weeks from entry come before three weeks from the first hearing, so the earlier stands.",
        in_care().legal("C1", "2025-01-31").court("2025-02-03", hearing="2025-02-17"), "2025-02-28", "overdue", "2025-02-28",
        detail="first meeting in care: 4 weeks from entry to care",
    ),
    case(
        "Three weeks from a first hearing on 3 February come before four weeks from entry.",
        in_care().legal("C1", "2025-01-31").court("2025-02-03", hearing="2025-02-03"), "2025-02-24", "overdue", "2025-02-24",
        detail="in care proceedings: 3 weeks from the first hearing",
    ),
)  # fmt: skip
