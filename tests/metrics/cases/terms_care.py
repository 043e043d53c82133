"""Terms: child in care, entered care, age, legal statuses, reviews, care proceedings."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.kinds import term_case
from tests.support.builder import child

care = partial(term_case, "Child in care")
entry = partial(term_case, "Entered care")
age = partial(term_case, "Age and weeks in care")
legal = partial(term_case, "Legal statuses")
review = partial(term_case, "Review held")
proceedings = partial(term_case, "In care proceedings")


def since_march():
    return child().in_care("2025-03-01")


CASES = (
    care("The day before an episode starts, the child is not in care.", since_march(), "2025-02-28", in_care=False),
    care("On the day that an episode starts, the child is in care.", since_march(), "2025-03-01", entered_care="2025-03-01"),
    care("The day before an episode ceases, the child is in care.", child().in_care("2025-03-01", "2025-06-10"), "2025-06-09"),
    care(
        "On the day that an episode ceases, the child is not in care at the close of the day.",
        child().in_care("2025-03-01", "2025-06-10"), "2025-06-10", in_care=False,
    ),
    care(
        "The day before the 18th birthday, a child with an open episode is in care.",
        child(born="2007-06-11").in_care("2025-03-01"), "2025-06-10", age=17,
    ),
    care(
        "On the 18th birthday, nobody is a child in care, open episode or not.",
        child(born="2007-06-10").in_care("2025-03-01"), "2025-06-10", in_care=False,
    ),
    care(
        "Someone born on 29 February is still 17 on 28 February of a year without that day.",
        child(born="2008-02-29").in_care("2025-03-01"), "2026-02-28", age=17,
    ),
    care(
        "Someone born on 29 February turns 18 on 1 March of a year without that day.",
        child(born="2008-02-29").in_care("2025-03-01"), "2026-03-01", in_care=False,
    ),
    care(
        "A child who dies tomorrow is in care today.",
        child(died="2025-06-11").in_care("2025-03-01"), "2025-06-10", entered_care="2025-03-01",
    ),
    care("A child who died today is not in care.", child(died="2025-06-10").in_care("2025-03-01"), "2025-06-10", in_care=False),
    care("A child on short breaks only is not in care.", since_march().legal("V4", "2025-03-01"), "2025-06-10", in_care=False),
    care(
        "A child on short breaks who is also accommodated is in care.",
        since_march().legal("V4", "2025-03-01").legal("V2", "2025-06-10"), "2025-06-10", legal_statuses=("V2", "V4"),
    ),
    care(
        "A legal status that does not mean care, beside short breaks, leaves short breaks only.",
        since_march().legal("V3", "2025-03-01").legal(None, "2025-03-01"), "2025-06-10", in_care=False,
    ),
    care(
        "A child whose short breaks ended today has no legal status in force, and is in care.",
        since_march().legal("V4", "2025-03-01", "2025-06-10"), "2025-06-10", legal_status=None, legal_statuses=(),
    ),
    care(
        "A child whose date of birth is missing is in care; the age is not known.",
        child(born=None).in_care("2025-03-01"), "2025-06-10", age=None, age_at_entry=None,
    ),
    care(
        "Of two episodes in force, the one that started later counts.",
        child().in_care("2024-01-10", period="FIRST").in_care("2025-03-01", period="SECOND"), "2025-06-10",
        entered_care="2025-03-01",
    ),
    care(
        "Of two episodes that start on one day, the one with the higher identifier counts, and 10 is higher than 9.",
        child()
        .in_care("2025-03-01", id="10", period="FIRST", entered="2025-01-02")
        .in_care("2025-03-01", id="9", period="SECOND", entered="2025-01-03"),
        "2025-06-10", entered_care="2025-01-02",
    ),
    entry(
        "The episode's own date of entry comes first.",
        child().in_care("2025-03-01", "2025-04-01", entered="2025-02-20").in_care("2025-04-01", entered="2025-02-25"),
        "2025-06-10", entered_care="2025-02-25",
    ),
    entry(
        "An episode without one takes the date of entry of another episode of the same period of care.",
        child().in_care("2025-03-01", "2025-04-01", entered="2019-02-20").in_care("2025-04-01"), "2025-06-10",
        entered_care="2019-02-20",
    ),
    entry(
        "Where no episode of the period gives it, care was entered when the first of them started.",
        child().in_care("2025-03-01", "2025-04-01").in_care("2025-04-01"), "2025-06-10", entered_care="2025-03-01",
    ),
    entry(
        "An episode of another period of care does not count.",
        child().in_care("2025-03-01", "2025-04-01", period="FIRST").in_care("2025-04-01", period="SECOND"), "2025-06-10",
        entered_care="2025-04-01",
    ),
    entry(
        "An episode that names no period of care stands alone.",
        child().in_care("2025-03-01", "2025-04-01", period=None).in_care("2025-04-01", period=None), "2025-06-10",
        entered_care="2025-04-01",
    ),
    entry(
        "An episode that starts tomorrow does not count today, and neither does its date of entry.",
        child().in_care("2025-03-01").in_care("2025-06-11", entered="2025-02-01"), "2025-06-10", entered_care="2025-03-01",
    ),
    age("The day before a week is up, the child has been in care for no whole week.",
        since_march(), "2025-03-07", weeks_in_care=0),
    age("Seven days after entry, the child has been in care for one week.", since_march(), "2025-03-08", weeks_in_care=1),
    age(
        "A child born on 29 February 2016 is 8 on 28 February 2025 and entered care at 8.",
        child(born="2016-02-29").in_care("2024-02-29"), "2025-02-28", age=8, age_at_entry=8,
    ),
    age(
        "A child born on 29 February 2016 is 9 on 1 March 2025.",
        child(born="2016-02-29").in_care("2024-02-28"), "2025-03-01", age=9, age_at_entry=7,
    ),
    legal(
        "Where a placement order and a care order are both in force, the placement order is shown.",
        since_march().legal("C2", "2025-03-01").legal("E1", "2025-05-01"), "2025-06-10",
        legal_status="E1", legal_statuses=("E1", "C2"),
    ),
    legal(
        "A full care order is shown before an interim one, whichever came later.",
        since_march().legal("C2", "2025-03-01").legal("C1", "2025-05-01"),
                    "2025-06-10", legal_status="C2", legal_statuses=("C2", "C1"),
    ),
    legal(
        "A legal status that ends today is not in force; one that starts today is.",
        since_march().legal("C1", "2025-03-01", "2025-06-10").legal("C2", "2025-06-10"), "2025-06-10",
        legal_status="C2", legal_statuses=("C2",),
    ),
    legal(
        "A legal status that starts tomorrow does not count today.",
        since_march().legal("V2", "2025-03-01").legal("C1", "2025-06-11"), "2025-06-10", legal_statuses=("V2",),
    ),
    review("A review held today is the last review.", since_march().review("2025-03-20").review("2025-06-10"), "2025-06-10",
           last_review_date="2025-06-10"),
    review("A review dated tomorrow is not held yet.", since_march().review("2025-03-20").review("2025-06-11"), "2025-06-10",
           last_review_date="2025-03-20"),
    review("A cancelled review was not held.",
           since_march().review("2025-03-20").review("2025-06-01", cancelled=True), "2025-06-10",
           last_review_date="2025-03-20"),
    review("A review that does not say whether it was cancelled was held.", since_march().review("2025-06-01", cancelled=None),
           "2025-06-10", last_review_date="2025-06-01"),
    review("A review of another period of care does not count.",
           since_march().review("2025-06-01", period="EARLIER"), "2025-06-10",
           last_review_date=None),
    proceedings("Proceedings issued today have begun.",
                since_march().proceedings("2025-06-10"), "2025-06-10", in_proceedings=True),
    proceedings("Proceedings issued tomorrow have not.",
                since_march().proceedings("2025-06-11"), "2025-06-10", in_proceedings=False),
    proceedings("Proceedings concluded today are over.", since_march().proceedings("2025-03-01", "2025-06-10"), "2025-06-10",
                in_proceedings=False),
    proceedings(
        "Where proceedings are supplied and there are none, an interim care order does not count as proceedings.",
        since_march().legal("C1", "2025-03-01"), "2025-06-10", in_proceedings=False,
    ),
    proceedings(
        "Where proceedings are not supplied, an interim care order in force counts as proceedings.",
        since_march().legal("C1", "2025-03-01"), "2025-06-10", without=("local_care_proceedings",), in_proceedings=True,
    ),
)  # fmt: skip
