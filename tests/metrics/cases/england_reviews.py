"""England's reviews, visits and proceedings: when each falls due, and whether it was done."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.milestones import milestone_case
from tests.metrics.cases.national_child import national

first = partial(milestone_case, "first_review_20d")
second = partial(milestone_case, "second_review_3m")
later = partial(milestone_case, "later_review_6m")
week = partial(milestone_case, "visit_1w")
interval = partial(milestone_case, "visit_interval")


def in_care():
    return national().in_care("2025-04-10")


def reviewed():
    return in_care().review("2025-05-08").review("2025-07-31")


def placed(kind="U6"):
    return in_care().placement(kind, "2025-04-10", id="H1")


def grown(kind="U6"):
    return national().in_care("2024-01-31").placement(kind, "2024-01-31", id="H1")


CASES = (
    first(
        "Twenty working days from Thursday 10 April 2025, over Easter and the May holiday, end on 13 May: the day before it is due.",
        in_care(), "2025-05-12", "due", "2025-05-13", detail="not held",
    ),
    first("At the close of 13 May a first review that was not held is overdue.", in_care(), "2025-05-13", "overdue", "2025-05-13"),
    first(
        "Held on the twentieth working day, it was in time.",
        in_care().review("2025-05-13"), "2025-06-01", "done in time", "2025-05-13", "2025-05-13", detail="held on 13/05/2025",
    ),
    first("Held the day after, it was late.", in_care().review("2025-05-14"), "2025-06-01", "done late", "2025-05-13", "2025-05-14"),
    first("A cancelled review was not held.", in_care().review("2025-05-08", cancelled=True), "2025-05-13", "overdue", "2025-05-13"),
    first("A review that is dated tomorrow has not been held.", in_care().review("2025-05-14"), "2025-05-13", "overdue", "2025-05-13"),
    first(
        "A review of an earlier period of care does not count.",
        in_care().review("2025-05-08", period="EARLIER"), "2025-05-13", "overdue", "2025-05-13",
    ),
    first(
        "From a Saturday, the first working day is the Monday.",
        national().in_care("2025-02-01"), "2025-02-20", "due", "2025-02-28",
    ),
    second("Before the first review, nothing is said about the second.", in_care(), "2025-06-01"),
    second(
        "Three months after 30 November is the last day of February: the day before, the second review is due.",
        national().in_care("2024-11-10").review("2024-11-30"), "2025-02-27", "due", "2025-02-28",
    ),
    second(
        "On that day it is overdue.",
        national().in_care("2024-11-10").review("2024-11-30"), "2025-02-28", "overdue", "2025-02-28",
        detail="first held on 30/11/2024; second not held",
    ),
    second("Held within three months of the first, it was in time.", reviewed(), "2025-08-01", "done in time", "2025-08-08", "2025-07-31"),
    second(
        "Held three months and a day after the first, it was late.",
        in_care().review("2025-05-08").review("2025-08-09"), "2025-09-01", "done late", "2025-08-08", "2025-08-09",
    ),
    second(
        "Two rows of one day are one review.",
        in_care().review("2025-05-08").review("2025-05-08"), "2025-06-01", "due", "2025-08-08",
    ),
    later("After the first review only, the next is the second.", in_care().review("2025-05-08"), "2025-06-01"),
    later(
        "Six months after 31 July are up on 31 January: the day before, the next review is due.",
        reviewed(), "2026-01-30", "due", "2026-01-31", detail="last review on 31/07/2025",
    ),
    later("On 31 January it is overdue.", reviewed(), "2026-01-31", "overdue", "2026-01-31"),
    later("The next one runs from the last that was held.", reviewed().review("2025-12-01"), "2026-01-31", "due", "2026-06-01"),
    later("A cancelled review moves nothing.", reviewed().review("2025-12-01", cancelled=True), "2026-01-31", "overdue", "2026-01-31"),
    week("A week after a move on 10 April is 17 April: the day before, the visit is due.", placed(), "2025-04-16", "due", "2025-04-17"),
    week("On the seventh day it is overdue.", placed(), "2025-04-17", "overdue", "2025-04-17", detail="not visited"),
    week(
        "A visit on the day of the move is a visit.",
        placed().visit("2025-04-10"), "2025-05-01", "done in time", "2025-04-17", "2025-04-10",
    ),
    week("A visit the day before the move is none.", placed().visit("2025-04-09"), "2025-04-20", "overdue", "2025-04-17"),
    week("Visited on the eighth day, it was late.", placed().visit("2025-04-18"), "2025-05-01", "done late", "2025-04-17", "2025-04-18"),
    week(
        "A visit at which the child was not seen does not count.",
        placed().visit("2025-04-12", seen=False), "2025-04-17", "overdue", "2025-04-17",
    ),
    week(
        "A visit of which it is not recorded whether the child was seen counts.",
        placed().visit("2025-04-12", seen=None), "2025-04-17", "done in time", "2025-04-17", "2025-04-12",
    ),
    week(
        "Another home asks for a visit of its own.",
        in_care().placement("U6", "2025-04-10", "2025-06-01").placement("U6", "2025-06-01").visit("2025-04-12"), "2025-06-05",
        "due", "2025-06-08",
    ),
    week(
        "A stay in hospital and the way back to the same home ask for none.",
        in_care().placement("U6", "2025-04-10", "2025-06-01", postcode="ZZ1").placement("T1", "2025-06-01", "2025-06-09")
        .placement("U6", "2025-06-09", postcode="ZZ1").visit("2025-04-12"), "2025-06-30",
        "done in time", "2025-04-17", "2025-04-12",
    ),
    week(
        "Where no placement is recorded, entry to care stands for its start, and the list says so.",
        in_care(), "2025-04-17", "overdue", "2025-04-17", detail="not visited; placement not known",
    ),
    interval("Until the first visit, that visit is what is due.", placed(), "2025-06-01"),
    interval(
        "In the first year, six weeks after the last visit: the day before, the next is due.",
        placed().visit("2025-04-12"), "2025-05-23", "due", "2025-05-24", detail="first year of the placement",
    ),
    interval("On the last day of the six weeks it is overdue.", placed().visit("2025-04-12"), "2025-05-24", "overdue", "2025-05-24"),
    interval(
        "A long-term foster placement is visited every six weeks too in its first year.",
        grown("U4").visit("2025-01-30"), "2025-03-13", "overdue", "2025-03-13", detail="first year of the placement",
    ),
    interval(
        "After the first year it is meant to last to 18: three months after a visit on its anniversary.",
        grown("U4").visit("2025-01-31"), "2025-04-29", "due", "2025-04-30", detail="meant to last to 18",
    ),
    interval("On the last day of the three months it is overdue.", grown("U4").visit("2025-01-31"), "2025-04-30", "overdue", "2025-04-30"),
    interval(
        "Another foster placement is visited every six weeks after its first year as well.",
        grown().visit("2025-01-31"), "2025-03-14", "overdue", "2025-03-14", detail="not known to be meant to last",
    ),
    interval(
        "A long-term match makes it one that is meant to last.",
        grown().match("LTF", "2025-03-01").visit("2025-01-31"), "2025-03-14", "due", "2025-04-30", detail="meant to last to 18",
    ),
    interval(
        "A visit at which the child was not seen moves nothing.",
        placed().visit("2025-04-12").visit("2025-05-20", seen=False), "2025-05-24", "overdue", "2025-05-24",
    ),
)  # fmt: skip
