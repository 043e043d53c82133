"""The practice guidance's other due dates: head of service, Permanence Panel, final care planning, the second review's plan."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.milestones import milestone_case
from tests.metrics.cases.south_east_child import guided

weekly = partial(milestone_case, "head_of_service_weekly")
planned = partial(milestone_case, "plan_by_second_review")
final = partial(milestone_case, "final_care_planning")
before_decision = partial(milestone_case, "final_care_planning_before_adm")
unapproved_review = partial(milestone_case, "unapproved_review")
before_review = partial(milestone_case, "ppm_before_review")
NOT_SEEN, SEEN = "not reviewed since the move", "last reviewed by the head of service"


def in_care():
    return guided().in_care("2025-01-31", placement="H1")


def a_year():
    """Under section 20 since 31 January 2025, last reviewed in August."""
    return in_care().legal("V2", "2025-01-31").review("2025-02-27").review("2025-08-20")


def since_2024():
    return guided().in_care("2024-01-31", placement="H1").legal("V2", "2024-01-31").review("2024-08-20")


def unregistered():
    return in_care().placement("Z1", "2025-02-03", id="H1").approval("UNREGISTERED", "H1", asked="2025-02-03")


def unnamed(asked):
    """An approval that does not say which placement is unregistered."""
    return in_care().placement("Z1", "2025-02-03", id="H1").approval("UNREGISTERED", asked=asked)


def unapproved(review_by="2025-03-03"):
    one = in_care().placement("U3", "2025-02-03", id="H1")
    return one.approved("UNAPPROVED", "H1", "2025-02-04", by="Assistant director", review_by=review_by)


def in_court(evidence="2025-07-21"):
    return in_care().court("2025-02-03", evidence=evidence)


def decided():
    return in_care().agency_decision("2025-06-10")


def reviewed():
    return in_care().review("2025-02-27").review("2025-05-20")


CASES = (
    before_review(
        "The day before the review at which the year is over is the last: at its close it is overdue.",
        a_year().review_due("2026-02-20"), "2026-02-19", "overdue", "2026-02-19", detail="review due on 20/02/2026",
    ),
    before_review("The day before that, it is due.", a_year().review_due("2026-02-20"), "2026-02-18", "due", "2026-02-19"),
    before_review(
        "A meeting on that day is in time.",
        a_year().review_due("2026-02-20").meeting("PPM", "2026-02-19"), "2026-02-19", "done in time", "2026-02-19", "2026-02-19",
    ),
    before_review(
        "On the day of the review it is late.",
        a_year().review_due("2026-02-20").meeting("PPM", "2026-02-20"), "2026-02-20", "done late", "2026-02-19", "2026-02-20",
    ),
    before_review(
        "A meeting less than a year before the review is the year's, though a review has been held since.",
        a_year().review_due("2026-02-20").meeting("PPM", "2025-02-21"), "2026-02-19", "done in time", "2026-02-19", "2025-02-21",
    ),
    before_review(
        "A year before the review to the day, its year is over on the day of the review.",
        a_year().review_due("2026-02-20").meeting("PPM", "2025-02-20"), "2026-02-19", "overdue", "2026-02-19",
    ),
    before_review(
        "The year of a meeting on 29 February is over on 28 February.",
        since_2024().review_due("2025-02-28").meeting("PPM", "2024-02-29"), "2025-02-27", "overdue", "2025-02-27",
    ),
    before_review(
        "On 27 February it is not.",
        since_2024().review_due("2025-02-27").meeting("PPM", "2024-02-29"), "2025-02-26", "done in time", "2025-02-26", "2024-02-29",
    ),
    before_review(
        "The Permanence Panel will do.",
        a_year().review_due("2026-02-20").meeting("PERMANENCE_PANEL", "2026-01-12"), "2026-02-19", "done in time", "2026-02-19",
        "2026-01-12",
    ),
    before_review(
        "The next review of the same year asks for no other meeting.",
        a_year().meeting("PPM", "2026-02-19").review_due("2026-02-20", held="2026-02-20").review_due("2026-08-20"), "2026-02-20",
        "done in time", "2026-08-19", "2026-02-19", detail="review due on 20/08/2026",
    ),
    before_review("A day less than a year of section 20 by the review: only the first meeting is asked for.",
                  a_year().review_due("2026-01-30"), "2026-01-29"),
    before_review("A year by the day of the review: it is asked for.",
                  a_year().review_due("2026-01-31"), "2026-01-29", "due", "2026-01-30"),
    before_review("With no next review recorded there is no date, from the day on which the year is over.", a_year(), "2026-01-31",
                  "no date", detail="no next review recorded"),
    before_review("The day before, it is not asked for yet.", a_year(), "2026-01-30"),
    before_review("Under a care order it is another matter.",
                  in_care().legal("C2", "2025-01-31").review("2025-02-27").review_due("2026-02-20"), "2026-02-19"),
    weekly(
        "Six days after the move the first review is due.",
        unregistered(), "2025-02-09", "due", "2025-02-10", detail=NOT_SEEN,
    ),
    weekly(
        "A week after the move it is overdue.",
        unregistered(), "2025-02-10", "overdue", "2025-02-10",
    ),
    weekly(
        "A review moves the next to a week on.",
        unregistered().meeting("HOS_REVIEW", "2025-02-10"), "2025-02-16", "due", "2025-02-17", detail=SEEN,
    ),
    weekly(
        "A week after the last review the next is overdue.",
        unregistered().meeting("HOS_REVIEW", "2025-02-10"), "2025-02-17", "overdue", "2025-02-17",
    ),
    weekly(
        "A review before the move does not count.",
        unregistered().meeting("HOS_REVIEW", "2025-02-02"), "2025-02-10", "overdue", "2025-02-10",
    ),
    weekly(
        "A review that is booked does not count.",
        unregistered().meeting("HOS_REVIEW", "2025-02-10", "BOOKED"), "2025-02-10", "overdue", "2025-02-10",
    ),
    weekly(
        "Approval of its distance says nothing against a placement.",
        in_care().placement("U3", "2025-02-03", id="H1").approval("DISTANT", "H1", asked="2025-02-03"), "2025-02-10",
    ),
    weekly("An approval that names no placement, asked for a week before the move, is about it.", unnamed("2025-01-27"),
           "2025-02-10", "overdue", "2025-02-10"),
    weekly("Eight days before the move it is not.", unnamed("2025-01-26"), "2025-02-10"),
    weekly(
        "An unapproved placement is reviewed as its approval says, not every week.",
        unapproved(), "2025-02-10",
    ),
    unapproved_review(
        "The day before the day that the approval sets, the review is due.",
        unapproved(), "2025-03-02", "due", "2025-03-03", detail="approved on 04/02/2025",
    ),
    unapproved_review(
        "So it is where the approval names no placement, and was given within a week of the move.",
        in_care().placement("U3", "2025-02-03", id="H1").approved("UNAPPROVED", None, "2025-02-10", review_by="2025-03-03"),
        "2025-03-03", "overdue", "2025-03-03",
    ),
    unapproved_review("On that day it is overdue.", unapproved(), "2025-03-03", "overdue", "2025-03-03"),
    unapproved_review(
        "A review by the head of service on that day is in time.",
        unapproved().meeting("HOS_REVIEW", "2025-03-03"), "2025-03-03", "done in time", "2025-03-03", "2025-03-03",
    ),
    unapproved_review(
        "A planning meeting the day after is late.",
        unapproved().meeting("PPM", "2025-03-04"), "2025-03-04", "done late", "2025-03-03", "2025-03-04",
    ),
    unapproved_review(
        "A review on the day of the approval is not a review of it.",
        unapproved().meeting("HOS_REVIEW", "2025-02-04"), "2025-03-03", "overdue", "2025-03-03",
    ),
    unapproved_review(
        "A review before this time in care is not a review of it, though the approval was given before it.",
        in_care().placement("U3", "2025-02-03", id="H1")
        .approved("UNAPPROVED", "H1", "2025-01-20", by="Assistant director", review_by="2025-03-03").meeting("HOS_REVIEW", "2025-01-25"),
        "2025-03-03", "overdue", "2025-03-03",
    ),
    unapproved_review(
        "An approval that sets no day has none, and says so.",
        unapproved(None), "2025-06-03", "no date", detail="the day of the review is not supplied",
    ),
    unapproved_review(
        "A placement that is not approved yet has no day.",
        in_care().placement("U3", "2025-02-03", id="H1").approval("UNAPPROVED", "H1", asked="2025-02-03"), "2025-06-03", "no date",
        detail="placement not approved",
    ),
    unapproved_review(
        "After a review, a renewed approval sets the next day.",
        unapproved().meeting("HOS_REVIEW", "2025-03-03").approved("UNAPPROVED", "H1", "2025-03-05", review_by="2025-04-01"),
        "2025-04-01", "overdue", "2025-04-01",
    ),
    unapproved_review("An unregistered placement is not asked about.", unregistered(), "2025-03-03"),
    final(
        "The day before the final evidence is due, the meeting is due.",
        in_court(), "2025-07-20", "due", "2025-07-21", detail="final evidence due on 21/07/2025",
    ),
    final(
        "On the day of the final evidence with no meeting, it is overdue, two weeks before 26 weeks from issue.",
        in_court(), "2025-07-21", "overdue", "2025-07-21",
    ),
    final(
        "Held on that day, it was done in time.",
        in_court().meeting("FINAL_CARE_PLANNING", "2025-07-21"), "2025-07-22", "done in time", "2025-07-21", "2025-07-21",
    ),
    final(
        "Held the day after, it was done late, though within 26 weeks.",
        in_court().meeting("FINAL_CARE_PLANNING", "2025-07-22"), "2025-07-22", "done late", "2025-07-21", "2025-07-22",
    ),
    final(
        "With no day recorded for the evidence, 26 weeks from issue on 3 February is 4 August: the day before, it is due.",
        in_court(None), "2025-08-03", "due", "2025-08-04", detail="no day recorded for the final evidence",
    ),
    final("On 4 August it is overdue.", in_court(None), "2025-08-04", "overdue", "2025-08-04"),
    final(
        "Evidence that is due after 26 weeks has its own day.",
        in_court("2025-09-01"), "2025-08-31", "due", "2025-09-01",
    ),
    final(
        "A meeting before issue does not count.",
        in_court(None).meeting("FINAL_CARE_PLANNING", "2025-02-02"), "2025-08-04", "overdue", "2025-08-04",
    ),
    final(
        "A cancelled meeting does not count.",
        in_court(None).meeting("FINAL_CARE_PLANNING", "2025-08-01", "CANCELLED"), "2025-08-04", "overdue", "2025-08-04",
    ),
    final(
        "A child at home in proceedings is asked about too: the meeting is held in all cases.",
        guided().court("2025-02-03", evidence="2025-07-21"), "2025-07-21", "overdue", "2025-07-21",
        detail="final evidence due on 21/07/2025; not in care",
    ),
    final(
        "The day before it is due.", guided().court("2025-02-03", evidence="2025-07-21"), "2025-07-20", "due", "2025-07-21",
    ),
    final(
        "The meeting of that day is in time.",
        guided().court("2025-02-03", evidence="2025-07-21").meeting("FINAL_CARE_PLANNING", "2025-07-21"), "2025-07-22", "done in time",
        "2025-07-21", "2025-07-21",
    ),
    final(
        "A child who has left care, in proceedings still, is asked about.",
        guided().in_care("2025-01-31", "2025-06-01").court("2025-02-03", evidence="2025-07-21"), "2025-07-21", "overdue", "2025-07-21",
        detail="final evidence due on 21/07/2025; not in care",
    ),
    final(
        "When proceedings have concluded, nothing is asked.",
        in_care().court("2025-02-03", concluded="2025-08-04"), "2025-08-04",
    ),
    before_decision("The day before the agency decision, nothing is asked.", decided(), "2025-06-09"),
    before_decision(
        "On the day of the decision with no meeting, it is overdue.",
        decided(), "2025-06-10", "overdue", "2025-06-10", detail="no final care planning meeting",
    ),
    before_decision(
        "A meeting the day before is in time.",
        decided().meeting("FINAL_CARE_PLANNING", "2025-06-09"), "2025-06-10", "done in time", "2025-06-10", "2025-06-09",
        detail="held before the decision",
    ),
    before_decision(
        "A meeting on the day of the decision is in time.",
        decided().meeting("FINAL_CARE_PLANNING", "2025-06-10"), "2025-06-10", "done in time", "2025-06-10", "2025-06-10",
        detail="held on the day of the decision",
    ),
    before_decision(
        "A meeting the day after is late.",
        decided().meeting("FINAL_CARE_PLANNING", "2025-06-11"), "2025-06-11", "done late", "2025-06-10", "2025-06-11",
        detail="held after the decision",
    ),
    before_decision(
        "A meeting before entry to care does not count.",
        decided().meeting("FINAL_CARE_PLANNING", "2025-01-30"), "2025-06-10", "overdue", "2025-06-10",
    ),
    before_decision(
        "Without the permanence extract it is not supplied.",
        in_care(), "2025-06-10", without=("ssd_permanence",),
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
        "A plan that ended the day before the review, and no other, is none that the review could consider.",
        reviewed().plan("RETURN6M", "2025-03-01", "2025-05-19"), "2025-05-20", "overdue", "2025-05-20",
    ),
    planned(
        "One that ended on the day of the review was there.",
        reviewed().plan("RETURN6M", "2025-03-01", "2025-05-20"), "2025-05-20", "done in time", "2025-05-20", "2025-03-01",
    ),
    planned(
        "One that ended the day after was too.",
        reviewed().plan("RETURN6M", "2025-03-01", "2025-05-21"), "2025-05-21", "done in time", "2025-05-20", "2025-03-01",
    ),
    planned(
        "A blank plan in its place, begun the day before the review, leaves none.",
        reviewed().plan("RETURN6M", "2025-03-01").plan("", "2025-05-19"), "2025-05-20", "overdue", "2025-05-20",
    ),
    planned(
        "The next plan after the review, where the one before had ended, is late.",
        reviewed().plan("RETURN6M", "2025-03-01", "2025-05-19").plan("ADOPTION", "2025-06-02"), "2025-06-02", "done late", "2025-05-20",
        "2025-06-02",
    ),
    planned(
        "One plan that follows another is a plan since the first began.",
        reviewed().plan("RETURN6M", "2025-03-01", "2025-05-10").plan("ADOPTION", "2025-05-10"), "2025-05-20", "done in time", "2025-05-20",
        "2025-03-01",
    ),
    planned(
        "Until the review is held, a plan that has ended is none.",
        in_care().review("2025-02-27").review_due("2025-05-21").plan("RETURN6M", "2025-03-01", "2025-04-01"), "2025-04-01", "due",
        "2025-05-21",
    ),
    planned(
        "The day before it ends it is one.",
        in_care().review("2025-02-27").review_due("2025-05-21").plan("RETURN6M", "2025-03-01", "2025-04-01"), "2025-03-31",
        "done in time", "2025-05-21", "2025-03-01",
    ),
    planned(
        "A review of an earlier period of care does not count.",
        in_care().review("2024-02-27", period="EARLIER"), "2025-02-27", "no date",
    ),
)  # fmt: skip
