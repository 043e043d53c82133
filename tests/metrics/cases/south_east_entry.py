"""`ppm_due`: meetings that count from entry, a remand, a move to an irregular placement; and where nothing falls due."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.milestones import milestone_case
from tests.metrics.cases.south_east_child import guided

case = partial(milestone_case, "ppm_due")


def in_care():
    return guided().in_care("2025-01-31")


def unregistered(start="2025-04-14"):
    """Moved on the Monday before Easter 2025."""
    one = in_care().legal("C2", "2024-12-01").placement("U6", "2025-01-31", start)
    return one.placement("Z1", start, id="P2").approval("UNREGISTERED", "P2", asked=start)


CASES = (
    case(
        "Four weeks after entry on 31 January 2025 is 28 February: on 27 February a first meeting is due.",
        in_care(), "2025-02-27", "due", "2025-02-28", detail="any other situation: 4 weeks from entry to care",
    ),
    case("At the close of 28 February, with no meeting held, it is overdue.", in_care(), "2025-02-28", "overdue", "2025-02-28"),
    case("The day after, it is still overdue.", in_care(), "2025-03-01", "overdue", "2025-02-28"),
    case(
        "A meeting held on 28 February moves the next to twelve months on.",
        in_care().meeting("PPM", "2025-02-28"), "2025-02-28", "due", "2026-02-28",
        detail="any other situation: 12 months from the last meeting",
    ),
    case(
        "Twelve months after a meeting on 29 February 2024 is 28 February 2025.",
        guided().in_care("2024-01-31").meeting("PPM", "2024-02-29"), "2025-02-28", "overdue", "2025-02-28",
    ),
    case(
        "A cancelled meeting is not held.",
        in_care().meeting("PPM", "2025-02-20", "CANCELLED"), "2025-02-28", "overdue", "2025-02-28",
    ),
    case(
        "A meeting booked for a day that has passed is not held.",
        in_care().meeting("PPM", "2025-02-20", "BOOKED"), "2025-02-28", "overdue", "2025-02-28",
    ),
    case("A meeting with no status is held.", in_care().meeting("PPM", "2025-02-20", None), "2025-02-28", "due", "2026-02-20"),
    case("A meeting dated tomorrow has not been held yet.", in_care().meeting("PPM", "2025-03-01"), "2025-02-28", "overdue", "2025-02-28"),
    case(
        "A recorded discussion does not count as a permanency planning meeting here.",
        in_care().meeting("PPD", "2025-02-20"), "2025-02-28", "overdue", "2025-02-28",
    ),
    case(
        "A meeting of an earlier period of care does not count after coming back.",
        guided().in_care("2024-01-05", "2024-09-01", period="EARLIER").meeting("PPM", "2024-06-01").in_care("2025-01-31"),
        "2025-02-28", "overdue", "2025-02-28",
    ),
    case("A child who left care today has nothing due.", guided().in_care("2025-01-31", "2025-02-28"), "2025-02-28"),
    case(
        "In secure accommodation nothing is ever overdue.",
        in_care().placement("K1", "2025-02-01").legal("C2", "2025-02-01"), "2026-02-01", "no date",
        detail="in secure accommodation: when exit is planned",
    ),
    case(
        "A child remanded to secure accommodation has the meeting of four weeks, which asks where the child goes from there.",
        in_care().placement("K1", "2025-02-01").legal("J1", "2025-02-01"), "2025-03-01", "overdue", "2025-03-01",
        detail="remanded: 4 weeks from the remand",
    ),
    case(
        "When the remand has ended, nothing falls due in secure accommodation.",
        in_care().placement("K1", "2025-02-01").legal("J1", "2025-02-01", "2025-03-01"), "2025-03-01", "no date",
    ),
    case(
        "Four weeks after a remand on 3 February is 3 March.",
        in_care().legal("J1", "2025-02-03"), "2025-03-03", "overdue", "2025-03-03", detail="remanded: 4 weeks from the remand",
    ),
    case(
        "A remand has no second meeting: once held, it is done in time.",
        in_care().legal("J1", "2025-02-03").meeting("PPM", "2025-03-03").meeting("PPM", "2025-06-01"), "2025-12-01",
        "done in time", "2025-03-03", "2025-03-03",
    ),
    case(
        "Held the day after, it was done late.",
        in_care().legal("J1", "2025-02-03").meeting("PPM", "2025-03-04"), "2025-12-01", "done late", "2025-03-03", "2025-03-04",
    ),
    case(
        "Seven working days after 14 April 2025, Easter left out, is 25 April: on 24 April it is due.",
        unregistered().meeting("PPM", "2025-02-10"),
        "2025-04-24", "due", "2025-04-25", detail="unregistered or unapproved placement: 7 working days from the move",
    ),
    case("On 25 April it is overdue.", unregistered().meeting("PPM", "2025-02-10"), "2025-04-25", "overdue", "2025-04-25"),
    case(
        "A move on a Saturday counts from the Monday after.",
        unregistered("2025-03-01").meeting("PPM", "2025-02-10"), "2025-03-10", "due", "2025-03-11",
    ),
    case(
        "An unregistered placement comes before a placement order.",
        unregistered().meeting("PPM", "2025-02-10").legal("E1", "2025-04-01"), "2025-04-25", "overdue", "2025-04-25",
    ),
    case(
        "Seven working days from an unregistered placement is earlier than four weeks from entry, so it stands.",
        guided().in_care("2025-02-03").placement("Z1", "2025-02-03", id="P1").approval("UNREGISTERED", "P1", asked="2025-02-03"),
        "2025-02-12", "overdue", "2025-02-12", detail="unregistered or unapproved placement: 7 working days from the move",
    ),
    case(
        "A move within the same home starts no new seven days.",
        in_care().meeting("PPM", "2025-02-10").placement("U6", "2025-01-31", "2025-04-14", id="P1")
        .in_care("2025-04-14", reason="T", placement="P2").placement("U3", "2025-04-14", id="P2")
        .approval("UNAPPROVED", "P2", asked="2025-04-14"),
        "2025-04-15", "done in time", "2025-02-11", "2025-02-10",
    ),
    case(
        "Accommodated under section 20 after entry, the first meeting in care is still due four weeks from entry.",
        in_care().legal("V2", "2025-02-10"), "2025-02-28", "overdue", "2025-02-28",
        detail="first meeting in care: 4 weeks from entry to care",
    ),
    case(
        "With a meeting held before section 20 began on 10 February, the next is due four weeks after that.",
        in_care().meeting("PPM", "2025-02-09").legal("V2", "2025-02-10"), "2025-03-09", "due", "2025-03-10",
        detail="accommodated under section 20: 4 weeks from the start of section 20",
    ),
    case(
        "A second review held on 20 February makes it due the day before.",
        in_care().legal("V2", "2025-01-31").review("2025-02-06").review("2025-02-20"), "2025-02-20", "overdue", "2025-02-19",
    ),
    case(
        "A second review held before section 20 began brings nothing forward.",
        in_care().meeting("PPM", "2025-02-07").legal("V2", "2025-02-25").review("2025-02-06").review("2025-02-20"),
        "2025-02-26", "due", "2025-03-25",
    ),
    case(
        "A long-term match ratified before any meeting does not take the first meeting away.",
        in_care().placement("U4", "2025-01-31", id="P1").legal("C2", "2025-01-31").match("LTF", "2025-02-03", ratified="2025-02-10"),
        "2025-02-28", "overdue", "2025-02-28", detail="first meeting in care: 4 weeks from entry to care",
    ),
    case(
        "A placement order made later does not put off the first meeting.",
        in_care().legal("C2", "2025-01-31").legal("E1", "2025-02-20"), "2025-02-28", "overdue", "2025-02-28",
        detail="first meeting in care: 4 weeks from entry to care",
    ),
    case(
        "A remand stands in place of the first meeting in care.",
        in_care().legal("J1", "2025-02-20"), "2025-02-28", "due", "2025-03-20",
    ),
    case(
        "Without the approvals extract, the situation is not known.",
        in_care(), "2025-02-28", without=("local_approvals",),
    ),
)  # fmt: skip
