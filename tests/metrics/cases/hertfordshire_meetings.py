"""The Weekly Tracking Tool, the first planning meeting, and the second review."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.hertfordshire_child import served
from tests.metrics.cases.kinds import on, rule_case
from tests.metrics.cases.milestones import milestone_case
from tests.support.builder import day

weekly = partial(rule_case, "weekly_no_ppm")
ten_weeks = partial(rule_case, "ppm_10_weeks")
review = partial(milestone_case, "second_review")
before = partial(milestone_case, "ppm_before_second_review")
ON_1_JUNE = on("2025-01-31", "2025-05-31", 1)


def in_care(born="2018-05-10"):
    return served(born).in_care("2025-01-31")


def reviewed_once(next_due):
    """The first review has been held, and the second is recorded as due on a day."""
    one = in_care().review("2025-02-20").review(None)
    one.rows["ssd_cla_reviews"][-1].update(clar_cla_review_due_date=day(next_due))
    return one


CASES = (
    weekly(
        "Four months to the day after entry on 31 January is 31 May, and that is not yet more than four.",
        in_care(), "2025-05-31",
    ),
    weekly("On 1 June the child is on the list.", in_care(), "2025-06-01", ON_1_JUNE, detail="no meeting booked"),
    weekly("A meeting held on the day itself takes the child off.", in_care().meeting("PPM", "2025-06-01"), "2025-06-01"),
    weekly("A recorded discussion in its place does so too.", in_care().meeting("PPD", "2025-02-01"), "2025-06-01"),
    weekly("A status that is empty counts as held.", in_care().meeting("PPM", "2025-03-01", None), "2025-06-01"),
    weekly(
        "A meeting that was cancelled does not.",
        in_care().meeting("PPM", "2025-03-01", "CANCELLED"), "2025-06-01", ON_1_JUNE, detail="no meeting booked",
    ),
    weekly(
        "A booked meeting leaves the child on the list, and the list says that it is booked.",
        in_care().meeting("PPM", "2025-06-10", "BOOKED"), "2025-06-01", ON_1_JUNE, detail="meeting booked",
    ),
    weekly(
        "A meeting booked for a past date, and never marked as held, counts as neither.",
        in_care().meeting("PPM", "2025-05-30", "BOOKED"), "2025-06-01", ON_1_JUNE, detail="no meeting booked",
    ),
    weekly("A meeting dated tomorrow was not held today.", in_care().meeting("PPM", "2025-06-02"), "2025-06-01", ON_1_JUNE),
    weekly(
        "A meeting on the day before entry does not count.",
        in_care().meeting("PPM", "2025-01-30"), "2025-06-01", ON_1_JUNE,
    ),
    weekly(
        "Another kind of meeting is not a planning meeting.",
        in_care().meeting("CARE_PLANNING", "2025-03-01"), "2025-06-01", ON_1_JUNE,
    ),
    weekly(
        "The day before 18 months have passed since entry, 30 July 2026, the child is still on it.",
        in_care(), "2026-07-30", on("2025-01-31", "2025-05-31", 425),
    ),
    weekly("On 31 July 2026, 18 months to the day, no longer.", in_care(), "2026-07-31"),
    weekly(
        "Entry on 31 August is four months ago on 31 December: the list has the child from 1 January.",
        served().in_care("2024-08-31"), "2025-01-01", on("2024-08-31", "2024-12-31", 1),
    ),
    weekly("Fifteen on the day of entry is too old.", in_care("2010-01-31"), "2025-06-01"),
    weekly("Fifteen on the day after entry is not.", in_care("2010-02-01"), "2025-06-01", ON_1_JUNE),
    weekly("A child whose date of birth is missing is left out.", in_care(None), "2025-06-01"),
    weekly(
        "When the child comes into care again, the months and the meetings are counted afresh.",
        served().in_care("2023-01-10", "2024-12-01", period="FIRST").meeting("PPM", "2023-03-01")
        .in_care("2025-01-31", period="NEXT"), "2025-06-01", ON_1_JUNE,
    ),
    ten_weeks("Ten weeks after 31 January is 11 April: on 10 April the child is not yet on the list.", in_care(), "2025-04-10"),
    ten_weeks("Nor on 11 April: a meeting that day is no more than ten weeks after entry.", in_care(), "2025-04-11"),
    ten_weeks(
        "On 12 April the child is, a day over.",
        in_care(), "2025-04-12", on("2025-01-31", "2025-04-11", 1), detail="no meeting booked",
    ),
    ten_weeks("The day after, two days over.", in_care(), "2025-04-13", on("2025-01-31", "2025-04-11", 2)),
    ten_weeks("A meeting held on that day takes the child off.", in_care().meeting("PPD", "2025-04-12"), "2025-04-12"),
    ten_weeks(
        "A meeting cancelled does not.",
        in_care().meeting("PPM", "2025-04-01", "CANCELLED"), "2025-04-12", on("2025-01-31", "2025-04-11", 1),
    ),
    ten_weeks(
        "A meeting booked is told.",
        in_care().meeting("PPM", "2025-04-12", "BOOKED"), "2025-04-12", on("2025-01-31", "2025-04-11", 1), detail="meeting booked",
    ),
    ten_weeks(
        "The day before turning 12 a child is on it.",
        in_care("2013-04-13"), "2025-04-12", on("2025-01-31", "2025-04-11", 1),
    ),
    ten_weeks("On the twelfth birthday no longer.", in_care("2013-04-12"), "2025-04-12"),
    ten_weeks(
        "A child born on 29 February turns 12 in the leap year on that day.",
        served("2012-02-29").in_care("2023-11-01"), "2024-02-28", on("2023-11-01", "2024-01-10", 49),
    ),
    review(
        "Sixteen weeks after 31 January is 23 May: on the day before it is due.",
        in_care(), "2025-05-22", "due", "2025-05-23",
    ),
    review(
        "At the close of 23 May it is overdue.",
        in_care(), "2025-05-23", "overdue", "2025-05-23", detail="not in care proceedings",
    ),
    review(
        "In care proceedings it is 14 weeks: overdue on 9 May.",
        in_care().proceedings("2025-03-03"), "2025-05-09", "overdue", "2025-05-09", detail="in care proceedings",
    ),
    review("Before proceedings are issued, 16.", in_care().proceedings("2025-05-10"), "2025-05-09", "due", "2025-05-23"),
    review(
        "Proceedings that concluded today are over: 16 weeks.",
        in_care().proceedings("2025-03-03", "2025-05-09"), "2025-05-09", "due", "2025-05-23",
    ),
    review("One review is not two.", in_care().review("2025-02-27"), "2025-05-23", "overdue", "2025-05-23"),
    review(
        "The second, on the day that it is due, is in time.",
        in_care().review("2025-02-27").review("2025-05-23"), "2025-06-30", "done in time", "2025-05-23", "2025-05-23",
    ),
    review(
        "A day later it is late.",
        in_care().review("2025-02-27").review("2025-05-24"), "2025-06-30", "done late", "2025-05-23", "2025-05-24",
    ),
    review(
        "A review cancelled is none.",
        in_care().review("2025-02-27").review("2025-05-12", cancelled=True), "2025-05-23", "overdue", "2025-05-23",
    ),
    review(
        "A review of an earlier period of care does not count.",
        served().in_care("2023-01-10", "2024-12-01", period="FIRST").review("2023-02-01", period="FIRST")
        .in_care("2025-01-31", period="NEXT").review("2025-02-27", period="NEXT"),
        "2025-05-23", "overdue", "2025-05-23",
    ),
    review(
        "Proceedings issued after the second review do not make it late.",
        in_care().review("2025-02-27").review("2025-05-20").proceedings("2025-06-02"),
        "2025-06-30", "done in time", "2025-05-23", "2025-05-20", detail="not in care proceedings",
    ),
    review(
        "Nor do proceedings that have concluded since make a late one timely.",
        in_care().review("2025-02-27").review("2025-05-20").proceedings("2025-03-03", "2025-06-02"),
        "2025-06-30", "done late", "2025-05-09", "2025-05-20", detail="in care proceedings",
    ),
    review(
        "Where proceedings are not supplied, an interim care order says so.",
        in_care().legal("C1", "2025-03-03"), "2025-05-09", "overdue", "2025-05-09", without=("local_care_proceedings",),
    ),
    before(
        "Two weeks before a second review due on 23 May is 9 May: on 8 May it is due.",
        in_care(), "2025-05-08", "due", "2025-05-09", detail="second review to come",
    ),
    before("On 9 May it is overdue.", in_care(), "2025-05-09", "overdue", "2025-05-09"),
    before(
        "In care proceedings it is due on 25 April.",
        in_care().proceedings("2025-02-03"), "2025-04-25", "overdue", "2025-04-25",
    ),
    before(
        "A meeting two weeks before the second review that was held is in time.",
        in_care().review("2025-02-27").review("2025-05-01").meeting("PPM", "2025-04-17"),
        "2025-06-30", "done in time", "2025-04-17", "2025-04-17", detail="second review held",
    ),
    before(
        "A day later it is late.",
        in_care().review("2025-02-27").review("2025-05-01").meeting("PPM", "2025-04-18"),
        "2025-06-30", "done late", "2025-04-17", "2025-04-18",
    ),
    before(
        "A meeting that is booked was not held.",
        in_care().meeting("PPM", "2025-05-09", "BOOKED"), "2025-05-09", "overdue", "2025-05-09",
    ),
    before(
        "A meeting on the day before entry does not count.",
        in_care().meeting("PPM", "2025-01-30"), "2025-05-09", "overdue", "2025-05-09",
    ),
    before("A second review that is recorded as due on 2 April is earlier: two weeks before it, 19 March, is the day.",
           reviewed_once("2025-04-02"), "2025-03-18", "due", "2025-03-19"),
    before("On 19 March it is overdue.", reviewed_once("2025-04-02"), "2025-03-19", "overdue", "2025-03-19"),
    before("On the day for which the review is recorded it still is.", reviewed_once("2025-04-02"), "2025-04-02", "overdue", "2025-03-19"),
    before("When that day has passed with no review, the latest day for one decides again.",
           reviewed_once("2025-04-02"), "2025-04-03", "due", "2025-05-09"),
    before("One recorded as due after the latest day moves nothing.", reviewed_once("2025-06-02"), "2025-05-09", "overdue", "2025-05-09"),
    before("It is not asked of a child who is 12 today.", in_care("2013-05-09"), "2025-05-09"),
    before("It is of one who is 12 tomorrow.", in_care("2013-05-10"), "2025-05-09", "overdue", "2025-05-09"),
)  # fmt: skip
