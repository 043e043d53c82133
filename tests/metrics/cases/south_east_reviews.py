"""The practice guidance's other due dates: head of service, Permanence Panel, final care planning, the second review's plan."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.milestones import milestone_case
from tests.metrics.cases.south_east_child import guided

weekly = partial(milestone_case, "head_of_service_weekly")
planned = partial(milestone_case, "plan_by_second_review")
final = partial(milestone_case, "final_care_planning_26w")
with_parents = partial(milestone_case, "placed_with_parents_ratified")
NOT_SEEN, SEEN = "not reviewed since the move", "last reviewed by the head of service"
NO_PANEL = "no Permanence Panel since the move"


def in_care():
    return guided().in_care("2025-01-31", placement="H1")


def unapproved():
    return in_care().placement("U3", "2025-02-03", id="H1").approval("UNAPPROVED", "H1", asked="2025-02-03")


def at_home():
    return in_care().placement("P1", "2025-02-03", id="H1").legal("C2", "2025-01-31")


def in_court():
    return in_care().court("2025-02-03", evidence="2025-07-21")


def reviewed():
    return in_care().review("2025-02-27").review("2025-05-20")


def fostered():
    return in_care().placement("U6", "2025-01-31", id="H1")


CASES = (
    weekly(
        "Six days after the move the first review is due.",
        unapproved(), "2025-02-09", "due", "2025-02-10", detail=NOT_SEEN,
    ),
    weekly(
        "A week after the move it is overdue.",
        unapproved(), "2025-02-10", "overdue", "2025-02-10",
    ),
    weekly(
        "A review moves the next to a week on.",
        unapproved().meeting("HOS_REVIEW", "2025-02-10"), "2025-02-16", "due", "2025-02-17", detail=SEEN,
    ),
    weekly(
        "A week after the last review the next is overdue.",
        unapproved().meeting("HOS_REVIEW", "2025-02-10"), "2025-02-17", "overdue", "2025-02-17",
    ),
    weekly(
        "A review before the move does not count.",
        unapproved().meeting("HOS_REVIEW", "2025-02-02"), "2025-02-10", "overdue", "2025-02-10",
    ),
    weekly(
        "A review that is booked does not count.",
        unapproved().meeting("HOS_REVIEW", "2025-02-10", "BOOKED"), "2025-02-10", "overdue", "2025-02-10",
    ),
    weekly(
        "Approval of its distance says nothing against a placement.",
        in_care().placement("U3", "2025-02-03", id="H1").approval("DISTANT", "H1", asked="2025-02-03"), "2025-02-10",
    ),
    with_parents(
        "On the day of the move, the panel is overdue.",
        at_home(), "2025-02-03", "overdue", "2025-02-03", detail=NO_PANEL,
    ),
    with_parents(
        "A panel before the move does not count.",
        at_home().meeting("PERMANENCE_PANEL", "2025-02-02"), "2025-02-03", "overdue", "2025-02-03",
    ),
    with_parents(
        "After a panel on 28 February the next is due on 28 May.",
        at_home().meeting("PERMANENCE_PANEL", "2025-02-28"), "2025-05-27", "due", "2025-05-28",
        detail="review by the Permanence Panel",
    ),
    with_parents(
        "On 28 May it is overdue.",
        at_home().meeting("PERMANENCE_PANEL", "2025-02-28"), "2025-05-28", "overdue", "2025-05-28",
    ),
    with_parents(
        "Three months after a panel on 30 November 2025 is 28 February 2026.",
        at_home().meeting("PERMANENCE_PANEL", "2025-11-30"), "2026-02-28", "overdue", "2026-02-28",
    ),
    with_parents(
        "A child with foster carers is not asked about.",
        fostered(), "2025-05-28",
    ),
    final(
        "The day before 26 weeks from issue it is due.",
        in_court(), "2025-08-03", "due", "2025-08-04", detail="final evidence due on 21/07/2025",
    ),
    final(
        "26 weeks after issue on 3 February, 4 August, it is overdue.",
        in_court(), "2025-08-04", "overdue", "2025-08-04",
    ),
    final(
        "Held on that day, it was done in time.",
        in_court().meeting("FINAL_CARE_PLANNING", "2025-08-04"), "2025-08-05", "done in time", "2025-08-04", "2025-08-04",
    ),
    final(
        "Held the day after, it was done late.",
        in_court().meeting("FINAL_CARE_PLANNING", "2025-08-05"), "2025-08-05", "done late", "2025-08-04", "2025-08-05",
    ),
    final(
        "A meeting before issue does not count.",
        in_court().meeting("FINAL_CARE_PLANNING", "2025-02-02"), "2025-08-04", "overdue", "2025-08-04",
    ),
    final(
        "A cancelled meeting does not count.",
        in_court().meeting("FINAL_CARE_PLANNING", "2025-08-01", "CANCELLED"), "2025-08-04", "overdue", "2025-08-04",
    ),
    final(
        "When proceedings have concluded, nothing is asked.",
        in_care().court("2025-02-03", concluded="2025-08-04"), "2025-08-04",
    ),
    planned(
        "Before the first review there is no date.",
        in_care(), "2025-02-26", "no date", detail="first review to come",
    ),
    planned(
        "Once the first has been held, the next review's due day is the day.",
        in_care().review("2025-02-27").review_due("2025-05-21"), "2025-03-01", "due", "2025-05-21",
        detail="second review to come",
    ),
    planned(
        "A cancelled review's due day is not.",
        in_care().review("2025-02-27").review_due("2025-04-01", cancelled=True).review_due("2025-05-21"), "2025-03-01", "due",
        "2025-05-21",
    ),
    planned(
        "On the day of the second review, with no plan, it is overdue.",
        reviewed(), "2025-05-20", "overdue", "2025-05-20", detail="second review held",
    ),
    planned(
        "A plan of that day is in time.",
        reviewed().plan("RETURN6M", "2025-05-20"), "2025-05-20", "done in time", "2025-05-20", "2025-05-20",
    ),
    planned(
        "A plan of the day after is late.",
        reviewed().plan("RETURN6M", "2025-05-21"), "2025-05-21", "done late", "2025-05-20", "2025-05-21",
    ),
    planned(
        "A blank plan is none.",
        reviewed().plan("", "2025-05-01"), "2025-05-20", "overdue", "2025-05-20",
    ),
    planned(
        "A plan typed before entry to care counts from entry.",
        reviewed().plan("RETURN6M", "2025-01-20"), "2025-05-20", "done in time", "2025-05-20", "2025-01-31",
    ),
    planned(
        "A review of an earlier period of care does not count.",
        in_care().review("2024-02-27", period="EARLIER"), "2025-02-27", "no date",
    ),
)  # fmt: skip
