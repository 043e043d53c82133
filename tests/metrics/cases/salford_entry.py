"""Salford's first key stages: what is due after entry to care, and after proceedings have concluded."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.milestones import milestone_case
from tests.metrics.cases.salford_child import salford
from tests.support.builder import day

discussion = partial(milestone_case, "legal_discussion_10d")
planning = partial(milestone_case, "legal_planning_10d")
before_review = partial(milestone_case, "ppm_before_review_2")
final = partial(milestone_case, "final_care_plan_26w")
progress = partial(milestone_case, "progress_meeting_12m")
evidence = partial(milestone_case, "final_evidence_to_iro")
minutes = partial(milestone_case, "ppm_minutes_to_iro")
looked = partial(milestone_case, "final_evidence_reviewed")
reached = partial(milestone_case, "decision_or_panel")
timetable = partial(milestone_case, "timetable_in_first_supervision")


def before_easter():
    """In care from the Thursday a week before Good Friday 2025: ten working days on is Monday 28 April."""
    return salford().in_care("2025-04-10")


def in_care():
    return salford().in_care("2025-01-31")


def with_decision(decided):
    return in_care().decided(decided)


def concluded(day="2024-02-29"):
    return salford().in_care("2023-06-01").proceedings("2023-07-01", day)


def ordered(ended=None):
    """Under a care order since 30 June 2024, after proceedings that nobody recorded."""
    return salford().in_care("2023-06-01").legal("C1", "2023-07-01", "2024-06-30").legal("C2", "2024-06-30", ended)


DISCUSSION = (
    discussion(
        "Ten working days over Easter from Thursday 10 April 2025 end on Monday 28 April: the day before, it is due.",
        before_easter(), "2025-04-27", "due", "2025-04-28",
    ),
    discussion("At the close of 28 April it is overdue.", before_easter(), "2025-04-28", "overdue", "2025-04-28"),
    discussion(
        "Held on the last day is in time.",
        before_easter().meeting("LEGAL_DISCUSSION", "2025-04-28"), "2025-04-28", "done in time", "2025-04-28", "2025-04-28",
    ),
    discussion(
        "Held the day after is late.",
        before_easter().meeting("LEGAL_DISCUSSION", "2025-04-29"), "2025-04-29", "done late", "2025-04-28", "2025-04-29",
    ),
    discussion(
        "A meeting of tomorrow has not been held.",
        before_easter().meeting("LEGAL_DISCUSSION", "2025-04-29"), "2025-04-28", "overdue", "2025-04-28",
    ),
    discussion(
        "A meeting that is only booked, or was cancelled, does not count.",
        before_easter().meeting("LEGAL_DISCUSSION", "2025-04-14", "BOOKED").meeting("LEGAL_DISCUSSION", "2025-04-15", "CANCELLED"),
        "2025-04-28", "overdue", "2025-04-28",
    ),
    discussion(
        "A meeting with no status counts as held.",
        before_easter().meeting("LEGAL_DISCUSSION", "2025-04-14", None), "2025-04-28", "done in time", "2025-04-28", "2025-04-14",
    ),
    discussion(
        "A legal planning meeting is a discussion with Legal Services too.",
        before_easter().meeting("LEGAL_PLANNING", "2025-04-14"), "2025-04-28", "done in time", "2025-04-28", "2025-04-14",
    ),
    discussion(
        "A discussion held sixteen weeks before entry counts.",
        before_easter().meeting("LEGAL_DISCUSSION", "2024-12-19"), "2025-04-10", "done in time", "2025-04-28", "2024-12-19",
    ),
    discussion(
        "A discussion held a day earlier than that does not.",
        before_easter().meeting("LEGAL_DISCUSSION", "2024-12-18"), "2025-04-10", "due", "2025-04-28",
    ),
    discussion(
        "After coming back into care, everything begins anew: a discussion of the earlier period does not count.",
        salford().in_care("2024-01-05", "2024-09-02", period="EARLIER").meeting("LEGAL_DISCUSSION", "2024-01-08")
        .in_care("2025-04-10", period="AGAIN"),
        "2025-04-28", "overdue", "2025-04-28",
    ),
    discussion("Before entry to care nothing is due.", before_easter(), "2025-04-09"),
)  # fmt: skip
PLANNING = (
    planning("The day before the tenth working day it is due.", before_easter(), "2025-04-27", "due", "2025-04-28"),
    planning("On the tenth working day it is overdue.", before_easter(), "2025-04-28", "overdue", "2025-04-28"),
    planning(
        "A discussion is not a legal planning meeting.",
        before_easter().meeting("LEGAL_DISCUSSION", "2025-04-14"), "2025-04-28", "overdue", "2025-04-28",
    ),
    planning(
        "Under police protection there are three days.",
        before_easter().event("POLICE_PROTECTION", "2025-04-10"), "2025-04-12", "due", "2025-04-13", detail="police protection",
    ),
    planning(
        "On the third day after police protection it is overdue.",
        before_easter().event("POLICE_PROTECTION", "2025-04-10"), "2025-04-13", "overdue", "2025-04-13",
    ),
    planning(
        "After police protection a discussion will do.",
        before_easter().event("POLICE_PROTECTION", "2025-04-10").meeting("LEGAL_DISCUSSION", "2025-04-13"),
        "2025-04-13", "done in time", "2025-04-13", "2025-04-13",
    ),
    planning(
        "A meeting held before the police protection does not answer it.",
        before_easter().event("POLICE_PROTECTION", "2025-04-10").meeting("LEGAL_PLANNING", "2025-04-09"),
        "2025-04-13", "overdue", "2025-04-13",
    ),
    planning(
        "The legal status L1 is police protection.",
        before_easter().legal("L1", "2025-04-10", "2025-04-13").legal("C1", "2025-04-13"), "2025-04-13", "overdue", "2025-04-13",
    ),
    planning(
        "Police protection of tomorrow changes nothing today.",
        before_easter().event("POLICE_PROTECTION", "2025-04-12"), "2025-04-11", "due", "2025-04-28",
    ),
    planning(
        "Police protection months after a meeting in time asks for another.",
        before_easter().meeting("LEGAL_PLANNING", "2025-04-14").event("POLICE_PROTECTION", "2025-06-02"),
        "2025-06-04", "due", "2025-06-05",
    ),
)  # fmt: skip
BEFORE_REVIEW = (
    before_review(
        "With no review yet, the second is due by 28 May: three months after twenty working days from 31 January 2025.",
        in_care(), "2025-05-26", "due", "2025-05-27", detail="second review by 28/05/2025",
    ),
    before_review("The last day for the meeting is the day before: at its close it is overdue.",
                  in_care(), "2025-05-27", "overdue", "2025-05-27"),
    before_review(
        "When the first review has been held, the second is due three months later.",
        in_care().review("2025-02-20"), "2025-05-18", "due", "2025-05-19",
    ),
    before_review(
        "Three months after a first review on 30 November is the last of February.",
        salford().in_care("2024-11-01").review("2024-11-30"), "2025-02-26", "due", "2025-02-27",
    ),
    before_review(
        "Held on the day before the second review is in time.",
        in_care().review("2025-02-20").review("2025-05-12").meeting("PPM", "2025-05-11"),
        "2025-06-01", "done in time", "2025-05-11", "2025-05-11", detail="second review held on 12/05/2025",
    ),
    before_review(
        "Held on the day of the second review is late.",
        in_care().review("2025-02-20").review("2025-05-12").meeting("PPM", "2025-05-12"),
        "2025-06-01", "done late", "2025-05-11", "2025-05-12",
    ),
    before_review(
        "A cancelled review is not the second.",
        in_care().review("2025-02-20").review("2025-03-12", cancelled=True), "2025-03-20", "due", "2025-05-19",
    ),
    before_review(
        "A second review of tomorrow has not been held.",
        in_care().review("2025-02-20").review("2025-05-12"), "2025-05-11", "due", "2025-05-19",
    ),
    before_review(
        "A meeting sixteen weeks before entry, in work before proceedings, counts.",
        in_care().meeting("PPM", "2024-10-11"), "2025-02-01", "done in time", "2025-05-27", "2024-10-11",
    ),
    before_review(
        "A recorded discussion does not count as a permanency planning meeting here.",
        in_care().meeting("PPD", "2025-03-03"), "2025-05-27", "overdue", "2025-05-27",
    ),
)  # fmt: skip
FINAL = (
    final("Twenty-six weeks from 31 January 2025 end on 1 August: the day before, it is due.",
          in_care(), "2025-07-31", "due", "2025-08-01"),
    final("On 1 August it is overdue.", in_care(), "2025-08-01", "overdue", "2025-08-01"),
    final(
        "Held on 1 August is in time.",
        in_care().meeting("FINAL_CARE_PLANNING", "2025-08-01"), "2025-08-01", "done in time", "2025-08-01", "2025-08-01",
    ),
    final(
        "Held on 2 August is late.",
        in_care().meeting("FINAL_CARE_PLANNING", "2025-08-02"), "2025-08-02", "done late", "2025-08-01", "2025-08-02",
    ),
    final("A care planning meeting is not the final one.",
          in_care().meeting("CARE_PLANNING", "2025-07-01"), "2025-08-01", "overdue", "2025-08-01"),
    final("A child in care for a voluntary period is asked the same.",
          in_care().legal("V2", "2025-01-31"), "2025-08-01", "overdue", "2025-08-01"),
)  # fmt: skip
PROGRESS = (
    progress("A year after proceedings that concluded on 29 February 2024 is 28 February 2025: the day before, it is due.",
             concluded(), "2025-02-27", "due", "2025-02-28"),
    progress("On 28 February 2025 it is overdue.", concluded(), "2025-02-28", "overdue", "2025-02-28"),
    progress(
        "A meeting held moves the next to a year after it.",
        concluded().meeting("PROGRESS", "2024-08-31"), "2025-02-28", "due", "2025-08-31", detail="last held on 31/08/2024",
    ),
    progress("A meeting held today does so today.",
             concluded().meeting("PROGRESS", "2025-02-28"), "2025-02-28", "due", "2026-02-28"),
    progress("A meeting before the conclusion does not count.",
             concluded().meeting("PROGRESS", "2024-02-28"), "2025-02-28", "overdue", "2025-02-28"),
    progress("A meeting of tomorrow has not been held.",
             concluded().meeting("PROGRESS", "2025-03-01"), "2025-02-28", "overdue", "2025-02-28"),
    progress("While proceedings run, none is due.", salford().in_care("2023-06-01").proceedings("2023-07-01"), "2025-02-28"),
    progress("While further proceedings run, none is due.", concluded().proceedings("2025-01-10"), "2025-02-28"),
    progress("Proceedings that conclude tomorrow have not concluded.", concluded("2024-03-01"), "2024-02-29"),
    progress("Proceedings that concluded before this period of care are not meant.",
             salford().in_care("2024-06-01").proceedings("2023-07-01", "2024-02-29"), "2025-06-28"),
    progress("A care order says that proceedings have concluded which are not recorded: a year after it a meeting is due.",
             ordered(), "2025-06-29", "due", "2025-06-30", detail="none held since the order was made on 30/06/2024"),
    progress("On that day it is overdue.", ordered(), "2025-06-30", "overdue", "2025-06-30"),
    progress("A placement order that follows it restarts nothing.",
             ordered("2024-12-01").legal("E1", "2024-12-01"), "2025-06-30", "overdue", "2025-06-30"),
    progress("A care order of before this period of care counts from entry to care.",
             salford().in_care("2024-06-01").legal("C2", "2020-01-01"), "2025-06-01", "overdue", "2025-06-01"),
    progress("An interim care order does not say so.", salford().in_care("2023-06-01").legal("C1", "2023-07-01"), "2025-06-28"),
    progress("A care order that has ended does not either.", ordered("2025-01-10"), "2025-06-30"),
    progress("While further proceedings run, a care order asks for none.", ordered().proceedings("2025-01-10"), "2025-06-30"),
    progress("The conclusion that is recorded comes before the day of the order.",
             concluded().legal("C2", "2024-02-20"), "2025-02-20", "due", "2025-02-28"),
    progress("Of two conclusions the later counts.",
             concluded().proceedings("2024-05-01", "2024-09-30"), "2025-09-29", "due", "2025-09-30"),
)  # fmt: skip


def met():
    """A planning meeting on 1 April."""
    return in_care().meeting("PPM", "2025-04-01")


def reviewed():
    """The second review on 27 May, recorded as due for that day before it was held."""
    one = met().review("2025-02-27").review("2025-05-27")
    one.rows["ssd_cla_reviews"][-1]["clar_cla_review_due_date"] = one.rows["ssd_cla_reviews"][-1]["clar_cla_review_date"]
    return one


def reviewed_once(next_due):
    """The first review on 27 February, and the second recorded as due on a day: by three months later, 27 May, at the latest."""
    one = in_care().review("2025-02-27").review(None)
    one.rows["ssd_cla_reviews"][-1]["clar_cla_review_due_date"] = day(next_due)
    return one


def with_evidence():
    """In proceedings, with the final evidence sent to the officer on 9 June."""
    return in_care().proceedings("2025-02-03").document("FINAL_EVIDENCE_TO_IRO", "2025-06-09", to="IRO")


def led_to(outcome):
    """In pre-proceedings from August until the outcome on 20 December; proceedings issued on 10 January."""
    return in_care().before_court("2024-08-01", "2024-12-20", outcome=outcome).proceedings("2025-01-10")


BEFORE_ENTRY = (
    before_review("A second review recorded as due on 2 April is earlier than the latest day for it: the meeting is due the day before.",
                  reviewed_once("2025-04-02"), "2025-03-31", "due", "2025-04-01", detail="second review by 02/04/2025"),
    before_review("On 1 April it is overdue.", reviewed_once("2025-04-02"), "2025-04-01", "overdue", "2025-04-01"),
    before_review("When that day has passed with no review, the latest day for one decides again.",
                  reviewed_once("2025-04-02"), "2025-04-03", "due", "2025-05-26"),
    before_review("One recorded as due later than three months after the first moves nothing.",
                  reviewed_once("2025-06-02"), "2025-05-26", "overdue", "2025-05-26"),
    before_review("In pre-proceedings the day before entry to care: the meeting was due by that day.",
                  in_care().before_court("2024-11-01"), "2025-01-31", "overdue", "2025-01-30",
                  detail="under the Public Law Outline since 01/11/2024: before entry to care; second review by 28/05/2025"),
    before_review("Held on the day before entry is in time.", in_care().before_court("2024-11-01").meeting("PPM", "2025-01-30"),
                  "2025-02-10", "done in time", "2025-01-30", "2025-01-30"),
    before_review("Held on the day of entry is late, though the second review is months away.",
                  in_care().before_court("2024-11-01").meeting("PPM", "2025-01-31"),
                  "2025-02-10", "done late", "2025-01-30", "2025-01-31"),
    before_review("A meeting since the decision counts, also where that is more than sixteen weeks before entry.",
                  in_care().before_court("2024-08-01").meeting("PPM", "2024-08-01"),
                  "2025-02-10", "done in time", "2025-01-30", "2024-08-01"),
    before_review("A meeting before the decision and the sixteen weeks does not.",
                  in_care().before_court("2024-08-01").meeting("PPM", "2024-07-31"), "2025-02-10", "overdue", "2025-01-30"),
    before_review("Stepped down on the day before entry, the child was not in pre-proceedings any more.",
                  in_care().before_court("2024-11-01", "2025-01-30"), "2025-02-10", "due", "2025-05-27"),
    before_review("Stepped down on the day of entry, the child was.",
                  in_care().before_court("2024-11-01", "2025-01-31"), "2025-02-10", "overdue", "2025-01-30"),
    before_review("Proceedings that they led to are part of the same process: a meeting since the decision counts.",
                  led_to("Decision to issue care proceedings").meeting("PPM", "2024-08-01"),
                  "2025-02-10", "done in time", "2025-01-30", "2024-08-01"),
    before_review("The day before the decision it does not.",
                  led_to("Decision to issue care proceedings").meeting("PPM", "2024-07-31"), "2025-02-10", "overdue", "2025-01-30"),
    before_review("Pre-proceedings that were stepped down led to no proceedings: those began anew, when they were issued.",
                  led_to("Step down").meeting("PPM", "2024-08-01"), "2025-02-10", "overdue", "2025-01-30",
                  detail="under the Public Law Outline since 10/01/2025: before entry to care; second review by 28/05/2025"),
    before_review("Where the outcome is not recorded, nothing says that they led to them.",
                  led_to(None).meeting("PPM", "2024-08-01"), "2025-02-10", "overdue", "2025-01-30"),
    before_review("Pre-proceedings that were never closed led to the proceedings issued since.",
                  in_care().before_court("2024-08-01").proceedings("2025-01-10").meeting("PPM", "2024-08-01"),
                  "2025-02-10", "done in time", "2025-01-30", "2024-08-01"),
    before_review("In proceedings without pre-proceedings on the day before entry, the child was under the Public Law Outline too.",
                  in_care().proceedings("2025-01-30"), "2025-02-10", "overdue", "2025-01-30",
                  detail="under the Public Law Outline since 30/01/2025: before entry to care; second review by 28/05/2025"),
    before_review("Proceedings issued on the day of entry were none before it.",
                  in_care().proceedings("2025-01-31"), "2025-02-10", "due", "2025-05-27"),
    before_review("Nor were those that concluded on the day before it.",
                  in_care().proceedings("2024-06-03", "2025-01-30"), "2025-02-10", "due", "2025-05-27"),
    before_review("A decision on the day of entry was no pre-proceedings before it.",
                  in_care().before_court("2025-01-31"), "2025-02-10", "due", "2025-05-27"),
)  # fmt: skip
PROTECTED_BEFORE = (
    planning("Police protection three days before entry to care asks for a meeting within 72 hours of it.",
             in_care().event("POLICE_PROTECTION", "2025-01-28"), "2025-01-31", "overdue", "2025-01-31", detail="police protection"),
    planning("Four days before entry it was another matter.",
             in_care().event("POLICE_PROTECTION", "2025-01-27"), "2025-01-31", "due", "2025-02-14"),
)  # fmt: skip
EVIDENCE = (
    evidence("The day before that of filing is the last: at its close it is overdue.",
             in_care().proceedings("2025-02-03").hearings(evidence="2025-06-10"), "2025-06-09", "overdue", "2025-06-09",
             detail="filed on 10/06/2025"),
    evidence("The day before, it is due.", in_care().proceedings("2025-02-03").hearings(evidence="2025-06-10"), "2025-06-08",
             "due", "2025-06-09"),
    evidence("Sent on the day before filing is in time.",
             in_care().proceedings("2025-02-03").hearings(evidence="2025-06-10")
             .document("FINAL_EVIDENCE_TO_IRO", "2025-06-09", to="IRO"), "2025-06-20", "done in time", "2025-06-09", "2025-06-09"),
    evidence("Sent on the day of filing is not before it.",
             in_care().proceedings("2025-02-03").hearings(evidence="2025-06-10")
             .document("FINAL_EVIDENCE_TO_IRO", "2025-06-10", to="IRO"), "2025-06-20", "done late", "2025-06-09", "2025-06-10"),
    evidence("Sent to the parents, the reviewing officer does not have it.",
             in_care().proceedings("2025-02-03").hearings(evidence="2025-06-10")
             .document("FINAL_EVIDENCE_TO_IRO", "2025-06-01", to="PARENTS"), "2025-06-20", "overdue", "2025-06-09"),
    evidence("Where the day of filing is not recorded, there is no due date.", in_care().proceedings("2025-02-03"), "2025-06-20",
             "no date", detail="day of filing not recorded"),
    evidence("A child in proceedings who is not in care is asked about too.",
             salford().proceedings("2025-02-03").hearings(evidence="2025-06-10"), "2025-06-20", "overdue", "2025-06-09"),
    evidence("Once proceedings have concluded, what was never sent is not asked for any more.",
             in_care().proceedings("2025-02-03", "2025-07-01").hearings(evidence="2025-06-10"), "2025-07-01"),
)  # fmt: skip
REACHED = (
    reached("Not reached has no due date, and is never overdue.", in_care(), "2026-06-20", "no date", detail="not reached"),
    reached("The agency decision of the day reaches it.", with_decision("2025-06-20"), "2025-06-20", "done", None, "2025-06-20",
            detail="agency decision maker"),
    reached("A decision of tomorrow does not.", with_decision("2025-06-21"), "2025-06-20", "no date"),
    reached("A decision of before entry to care was for another time.", with_decision("2025-01-30"), "2025-06-20", "no date"),
    reached("A match that was ratified stands for the fostering panel.",
            in_care().match("LTF", "2025-05-01", ratified="2025-06-10"), "2025-06-20", "done", None, "2025-06-10",
            detail="fostering panel"),
)  # fmt: skip
TIMETABLE = (
    timetable("The day before four weeks in care, it is due.", in_care(), "2025-02-27", "due", "2025-02-28"),
    timetable("On the day it is overdue.", in_care(), "2025-02-28", "overdue", "2025-02-28"),
    timetable("Supervision on that day is in time.", in_care().note("SUPERVISION", "2025-02-28"), "2025-03-05",
              "done in time", "2025-02-28", "2025-02-28"),
    timetable("A day later is late.", in_care().note("SUPERVISION", "2025-03-01"), "2025-03-05",
              "done late", "2025-02-28", "2025-03-01"),
    timetable("Supervision before entry to care is not the first one in it.", in_care().note("SUPERVISION", "2025-01-30"),
              "2025-02-28", "overdue", "2025-02-28"),
    timetable("A care plan summary is no supervision.", in_care().note("CARE_PLAN_SUMMARY", "2025-02-10"),
              "2025-02-28", "overdue", "2025-02-28"),
    timetable("Sixteen weeks after entry it is not asked any more.", in_care(), "2025-05-23"),
    timetable("The day before, it is.", in_care(), "2025-05-22", "overdue", "2025-02-28"),
)  # fmt: skip
MINUTES = (
    minutes("With no review held yet, the day is not known.", met(), "2025-04-10", "no date", detail="second review to come"),
    minutes("The day before the second review is the last: at its close it is overdue.", reviewed(), "2025-05-26", "overdue", "2025-05-26"),
    minutes("The day before that, they are due.", reviewed(), "2025-05-25", "due", "2025-05-26"),
    minutes("Sent on the day before the review is in time.", reviewed().document("PPM_MINUTES", "2025-05-26", to="IRO"),
            "2025-06-01", "done in time", "2025-05-26", "2025-05-26"),
    minutes("On the day of the review they are late.", reviewed().document("PPM_MINUTES", "2025-05-27", to="IRO"),
            "2025-06-01", "done late", "2025-05-26", "2025-05-27"),
    minutes("Sent to the parents they have not reached the officer.", reviewed().document("PPM_MINUTES", "2025-05-20", to="PARENTS"),
            "2025-06-01", "overdue", "2025-05-26"),
    minutes("Under the Public Law Outline the meeting comes before entry: from 16 weeks before, its minutes are asked about.",
            in_care().meeting("PPM", "2024-10-11").review("2025-02-27").review("2025-05-27"), "2025-05-27", "overdue", "2025-05-26"),
    minutes("A day earlier it was about another time.",
            in_care().meeting("PPM", "2024-10-10").review("2025-02-27").review("2025-05-27"), "2025-05-27"),
    minutes("Without a meeting there are no minutes.", in_care().review("2025-02-27").review("2025-05-27"), "2025-06-01"),
)  # fmt: skip
LOOKED_AT = (
    looked("Once the evidence is sent, the officer's review is awaited; the document gives no day for it.", with_evidence(), "2025-06-09",
           "no date", detail="not reviewed since it was sent"),
    looked("Before it is sent nothing is asked.", with_evidence(), "2025-06-08"),
    looked("Evidence sent to somebody else is not the officer's.",
           in_care().proceedings("2025-02-03").document("FINAL_EVIDENCE_TO_IRO", "2025-06-09", to="PARENTS"), "2025-06-20"),
    looked("Where it is not recorded to whom, it is.",
           in_care().proceedings("2025-02-03").document("FINAL_EVIDENCE_TO_IRO", "2025-06-09"), "2025-06-20", "no date"),
    looked("A review on the day on which it was sent counts.", with_evidence().review("2025-06-09"), "2025-06-20", "done", None,
           "2025-06-09", detail="in a review"),
    looked("A review on the day before could not look at it.", with_evidence().review("2025-06-08"), "2025-06-20", "no date"),
    looked("The plan challenged since is reviewed as well.", with_evidence().document("PLAN_CHALLENGED_BY_IRO", "2025-06-12"), "2025-06-12",
           "done", None, "2025-06-12", detail="plan challenged"),
    looked("The plan endorsed since will do.", with_evidence().document("PLAN_ENDORSED_BY_IRO", "2025-06-12"), "2025-06-20", "done", None,
           "2025-06-12", detail="plan endorsed"),
    looked("A cancelled review is none.", with_evidence().review("2025-06-12", cancelled=True), "2025-06-20", "no date"),
    looked("Once proceedings have concluded it is not asked any more.",
           in_care().proceedings("2025-02-03", "2025-06-20").document("FINAL_EVIDENCE_TO_IRO", "2025-06-09", to="IRO"), "2025-06-20"),
    looked("The day before, it is.",
           in_care().proceedings("2025-02-03", "2025-06-20").document("FINAL_EVIDENCE_TO_IRO", "2025-06-09", to="IRO"), "2025-06-19",
           "no date"),
)  # fmt: skip
CASES = (
    *MINUTES,
    *LOOKED_AT,
    *BEFORE_ENTRY,
    *PROTECTED_BEFORE,
    *EVIDENCE,
    *REACHED,
    *TIMETABLE,
    *DISCUSSION,
    *PLANNING,
    *BEFORE_REVIEW,
    *FINAL,
    *PROGRESS,
)
