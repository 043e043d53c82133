"""The papers round the second review, the court and family finding; panels that look at drift."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.hertfordshire_child import ServedChild, served
from tests.metrics.cases.hertfordshire_drift import fostered, moved
from tests.metrics.cases.kinds import on, rule_case
from tests.metrics.cases.milestones import milestone_case
from tests.support.builder import day

updated = partial(milestone_case, "plan_updated_28d")
minutes = partial(milestone_case, "ppm_minutes_to_iro_5wd")
summary = partial(milestone_case, "ppm_summary_to_iro_5wd")
to_parents = partial(milestone_case, "ppm_summary_to_parents_5d")
advice = partial(milestone_case, "adoption_advice_5wd")
to_head = partial(milestone_case, "summary_to_independent_review_5wd")
before_hearing = partial(milestone_case, "ppm_before_final_hearing_review_10wd")
report = partial(milestone_case, "permanence_report_before_adm")
review_after = partial(milestone_case, "review_after_ppm_3w")
not_looked_after = partial(milestone_case, "ppm_14w_in_proceedings")
life_story = partial(rule_case, "life_story_work")
referral = partial(rule_case, "ltf_referral_missing")
questionnaire = partial(rule_case, "carer_questionnaire_missing")
profile = partial(rule_case, "profile_sent_3w")
panel = partial(rule_case, "parp_referred")
HELD, TO_COME = "second review held", "second review to come"


def in_care():
    return served().in_care("2025-01-31")


def reviewed():
    """The first review on 27 February 2025, a meeting on 1 April, the second review on Thursday 24 April, after Easter."""
    return in_care().review("2025-02-27").meeting("PPM", "2025-04-01").review("2025-04-24")


def upcoming():
    """The same, with the second review due on 24 April and not held yet."""
    one = in_care().review("2025-02-27").meeting("PPM", "2025-04-01").review(None)
    return _due(one, "2025-04-24")


def _due(one: ServedChild, due: str) -> ServedChild:
    one.rows["ssd_cla_reviews"][-1].update(clar_cla_review_due_date=day(due))
    return one


def adoption():
    """Adoption the plan since Monday 7 April 2025, made at a meeting on Friday 4 April."""
    return in_care().meeting("PPM", "2025-04-04").plan("ADOPTION", "2025-04-07")


def in_court():
    """A final hearing on 1 September 2025; reviews on 27 February and 20 May, and one due on Friday 15 August."""
    one = in_care().proceedings("2025-02-03").review("2025-02-27").review("2025-05-20").review(None)
    one.rows["local_care_proceedings"][-1].update(final_hearing_date=day("2025-09-01"))
    return _due(one, "2025-08-15")


def heard_on(hearing: str):
    """The last review was held on 20 May 2025, and the next is not recorded."""
    one = in_care().proceedings("2025-02-03").review("2025-02-27").review("2025-05-20")
    one.rows["local_care_proceedings"][-1].update(final_hearing_date=day(hearing))
    return one


def waiting():
    return in_care().plan("LTFOST18", "2025-03-03")


SINCE_MARCH = on("2025-03-03", "2025-03-03", 28)
ORDERED = on("2025-05-30", "2025-05-30", 1)

CASES = (
    updated("The day of the first review, an update of the plan is due 28 days on.", in_care().review("2025-02-27"), "2025-02-27",
            "due", "2025-03-27"),
    updated("28 days after it with none, it is overdue.", in_care().review("2025-02-27"), "2025-03-27", "overdue", "2025-03-27"),
    updated(
        "A plan of that day is in time.",
        in_care().review("2025-02-27").plan("RETURN6M", "2025-03-27"), "2025-03-27", "done in time", "2025-03-27", "2025-03-27",
    ),
    updated(
        "A plan of the day after is late.",
        in_care().review("2025-02-27").plan("RETURN6M", "2025-03-28"), "2025-03-28", "done late", "2025-03-27", "2025-03-28",
    ),
    updated(
        "A plan of the day of the review is an update.",
        in_care().review("2025-02-27").plan("RETURN6M", "2025-02-27"), "2025-02-27", "done in time", "2025-03-27", "2025-02-27",
    ),
    updated(
        "A plan of before the review is none.",
        in_care().plan("RETURN6M", "2025-02-26").review("2025-02-27"), "2025-03-27", "overdue", "2025-03-27",
    ),
    updated(
        "A blank plan is none.",
        in_care().review("2025-02-27").plan("", "2025-03-03"), "2025-03-27", "overdue", "2025-03-27",
    ),
    updated("Before the first review, nothing is asked.", in_care(), "2025-02-26"),
    minutes(
        "Five working days before 24 April 2025, Easter left out, is 15 April: the day before, the minutes are due.",
        upcoming(), "2025-04-14", "due", "2025-04-15", detail=TO_COME,
    ),
    minutes("On 15 April it is overdue.", upcoming(), "2025-04-15", "overdue", "2025-04-15"),
    minutes(
        "Sent on that day, it is in time.",
        reviewed().document("PPM_MINUTES", "2025-04-15", to="IRO"), "2025-04-24", "done in time", "2025-04-15", "2025-04-15",
        detail=HELD,
    ),
    minutes(
        "Sent the day after, it is late.",
        reviewed().document("PPM_MINUTES", "2025-04-16", to="IRO"), "2025-04-24", "done late", "2025-04-15", "2025-04-16",
    ),
    minutes(
        "Sent to somebody else, it is not sent.",
        reviewed().document("PPM_MINUTES", "2025-04-10", to="PARENTS"), "2025-04-24", "overdue", "2025-04-15",
    ),
    minutes(
        "Minutes about an earlier meeting are not this one's.",
        reviewed().document("PPM_MINUTES", "2025-04-10", to="IRO", about="2025-03-31"), "2025-04-24", "overdue", "2025-04-15",
    ),
    minutes(
        "Minutes about the review are.",
        reviewed().document("PPM_MINUTES", "2025-04-10", to="IRO", about="2025-04-24"), "2025-04-24",
        "done in time", "2025-04-15", "2025-04-10",
    ),
    minutes(
        "Of two meetings it is the last whose minutes could be sent in time: minutes of the first are not enough.",
        in_care().review("2025-02-27").meeting("PPM", "2025-03-10").document("PPM_MINUTES", "2025-03-12", to="IRO")
        .meeting("PPM", "2025-04-15").review("2025-04-24"), "2025-04-24", "overdue", "2025-04-15",
    ),
    minutes(
        "A meeting of the day after could not send them in time, so those of the first do.",
        in_care().review("2025-02-27").meeting("PPM", "2025-03-10").document("PPM_MINUTES", "2025-03-12", to="IRO")
        .meeting("PPM", "2025-04-16").review("2025-04-24"), "2025-04-24", "done in time", "2025-04-15", "2025-03-12",
    ),
    minutes(
        "With that meeting alone, they are late.",
        in_care().review("2025-02-27").meeting("PPM", "2025-04-16").document("PPM_MINUTES", "2025-04-17", to="IRO")
        .review("2025-04-24"), "2025-04-24", "done late", "2025-04-15", "2025-04-17",
    ),
    minutes("With no meeting before the second review there are no minutes to send.",
            in_care().review("2025-02-27").review("2025-04-24"), "2025-04-24"),
    minutes("A meeting on the day after the second review is not asked about.",
            in_care().review("2025-02-27").review("2025-04-24").meeting("PPM", "2025-04-25"), "2025-05-01"),
    minutes("Where the extract of documents is not supplied, neither is the rule.", reviewed(), "2025-04-24",
            without=("local_documents",)),
    summary("The summary is another paper than the minutes.", reviewed().document("PPM_MINUTES", "2025-04-10", to="IRO"),
            "2025-04-24", "overdue", "2025-04-15"),
    summary(
        "The summary sent five working days before is in time.",
        reviewed().document("PPM_SUMMARY", "2025-04-15", to="IRO"), "2025-04-24", "done in time", "2025-04-15", "2025-04-15",
    ),
    summary(
        "Sent the day after, it is late.",
        reviewed().document("PPM_SUMMARY", "2025-04-16", to="IRO"), "2025-04-24", "done late", "2025-04-15", "2025-04-16",
    ),
    summary(
        "A paper of tomorrow has not been sent.",
        upcoming().document("PPM_SUMMARY", "2025-04-15", to="IRO"), "2025-04-14", "due", "2025-04-15",
    ),
    summary("Before the first review there is no day for the second.", in_care().meeting("PPM", "2025-02-10"), "2025-02-20",
            "no date", detail=TO_COME),
    to_parents(
        "To the parents five days are five days, working or not: 19 April, and on the 18th it is due.",
        upcoming(), "2025-04-18", "due", "2025-04-19",
    ),
    to_parents("On 19 April it is overdue.", upcoming(), "2025-04-19", "overdue", "2025-04-19"),
    to_parents(
        "Sent on that day, it is in time.",
        reviewed().document("PPM_SUMMARY", "2025-04-19", to="PARENTS"), "2025-04-24", "done in time", "2025-04-19", "2025-04-19",
    ),
    to_parents(
        "Sent the day after, it is late.",
        reviewed().document("PPM_SUMMARY", "2025-04-20", to="PARENTS"), "2025-04-24", "done late", "2025-04-19", "2025-04-20",
    ),
    to_parents(
        "Sent to the reviewing officer only, the parents do not have it.",
        reviewed().document("PPM_SUMMARY", "2025-04-10", to="IRO"), "2025-04-24", "overdue", "2025-04-19",
    ),
    advice(
        "Five working days after a meeting on 4 April is 11 April: the day before, advice is due.",
        adoption(), "2025-04-10", "due", "2025-04-11", detail="meeting of 04/04/2025",
    ),
    advice("On 11 April it is overdue.", adoption(), "2025-04-11", "overdue", "2025-04-11"),
    advice(
        "Circulated on that day, it is in time.",
        adoption().document("ADOPTION_ADVICE", "2025-04-11", to="IRO"), "2025-04-11", "done in time", "2025-04-11", "2025-04-11",
    ),
    advice(
        "Circulated the next working day, it is late.",
        adoption().document("ADOPTION_ADVICE", "2025-04-14", to="IRO"), "2025-04-14", "done late", "2025-04-11", "2025-04-14",
    ),
    advice(
        "Sent to somebody else, or to nobody who is recorded, it is not the reviewing officer's.",
        adoption().document("ADOPTION_ADVICE", "2025-04-10", to="OTHER").document("ADOPTION_ADVICE", "2025-04-10"), "2025-04-11",
        "overdue", "2025-04-11",
    ),
    advice("A child without adoption in the plan is not asked about.", in_care().meeting("PPM", "2025-04-04")
           .plan("RETURN6M", "2025-04-07"), "2025-04-11"),
    advice(
        "A meeting 29 days before adoption became the plan is not asked about.",
        in_care().meeting("PPM", "2025-03-09").plan("ADOPTION", "2025-04-07"), "2025-04-11",
    ),
    advice(
        "One 28 days before is.",
        in_care().meeting("PPM", "2025-03-10").plan("ADOPTION", "2025-04-07"), "2025-04-11", "overdue", "2025-03-17",
    ),
    advice(
        "Advice after a second meeting closes the first as well, late; the second is in time.",
        adoption().meeting("PPM", "2025-06-02").document("ADOPTION_ADVICE", "2025-06-05", to="IRO"), "2025-06-10",
        "done in time", "2025-06-09", "2025-06-05", detail="meeting of 02/06/2025",
    ),
    to_head(
        "The summary goes to the head of independent review within five working days: on the fifth it is overdue.",
        adoption(), "2025-04-11", "overdue", "2025-04-11",
    ),
    to_head(
        "The day before it is due.", adoption(), "2025-04-10", "due", "2025-04-11",
    ),
    to_head(
        "Sent on that day, it is in time.",
        adoption().document("PPM_SUMMARY", "2025-04-11", to="HEAD_INDEPENDENT_REVIEW"), "2025-04-11", "done in time",
        "2025-04-11", "2025-04-11",
    ),
    to_head(
        "Sent to the reviewing officer, it is not sent to the head.",
        adoption().document("PPM_SUMMARY", "2025-04-08", to="IRO"), "2025-04-11", "overdue", "2025-04-11",
    ),
    to_head(
        "About an earlier meeting, it is not this one's.",
        adoption().document("PPM_SUMMARY", "2025-04-08", to="HEAD_INDEPENDENT_REVIEW", about="2025-04-03"), "2025-04-11",
        "overdue", "2025-04-11",
    ),
    before_hearing(
        "Ten working days before a review due on 15 August is 1 August: the day before, a meeting is due.",
        in_court(), "2025-07-31", "due", "2025-08-01", detail="final hearing on 01/09/2025; review before it on 15/08/2025",
    ),
    before_hearing("On 1 August it is overdue.", in_court(), "2025-08-01", "overdue", "2025-08-01"),
    before_hearing(
        "A meeting on that day is in time.",
        in_court().meeting("PPM", "2025-08-01"), "2025-08-01", "done in time", "2025-08-01", "2025-08-01",
    ),
    before_hearing(
        "A meeting on the Monday after is late.",
        in_court().meeting("PPM", "2025-08-04"), "2025-08-04", "done late", "2025-08-01", "2025-08-04",
    ),
    before_hearing(
        "A meeting the day after the review before counts.",
        in_court().meeting("PPM", "2025-05-21"), "2025-08-01", "done in time", "2025-08-01", "2025-05-21",
    ),
    before_hearing(
        "One on the day of that review does not.",
        in_court().meeting("PPM", "2025-05-20"), "2025-08-01", "overdue", "2025-08-01",
    ),
    before_hearing(
        "A review on the day of the hearing is not before it: the one of 20 May is.",
        _due(in_court(), "2025-09-01"), "2025-08-01", "overdue", "2025-05-06",
    ),
    before_hearing(
        "With no review recorded there is no day, and the detail says so.",
        _due(in_court(), "2025-09-01"), "2025-02-10", "no date",
        detail="final hearing on 01/09/2025; no review recorded before it yet",
    ),
    before_hearing(
        "Six months before a hearing still to come, a review is not the last: another falls due, and until it is recorded there is no day.",
        heard_on("2025-11-20"), "2025-08-01", "no date", detail="final hearing on 20/11/2025; no review recorded before it yet",
    ),
    before_hearing("A day less, and it may be the last.", heard_on("2025-11-19"), "2025-08-01", "overdue", "2025-05-06"),
    before_hearing(
        "Once the hearing's day has come, the last review that was held was the one before it.",
        heard_on("2025-11-20"), "2025-11-20", "overdue", "2025-05-06",
    ),
    before_hearing("With no final hearing recorded, nothing is asked.", in_care().proceedings("2025-02-03"), "2025-08-01"),
    review_after(
        "Three weeks after a meeting on 4 April is 25 April: the day before, a review is due.",
        adoption(), "2025-04-24", "due", "2025-04-25", detail="meeting of 04/04/2025",
    ),
    review_after("On 25 April it is overdue.", adoption(), "2025-04-25", "overdue", "2025-04-25"),
    review_after(
        "A review on that day is in time.", adoption().review("2025-04-25"), "2025-04-25", "done in time", "2025-04-25", "2025-04-25",
    ),
    review_after(
        "One of the day after is late.", adoption().review("2025-04-26"), "2025-04-26", "done late", "2025-04-25", "2025-04-26",
    ),
    review_after("A review of the day before the meeting did not take its decisions.", adoption().review("2025-04-03"), "2025-04-25",
                 "overdue", "2025-04-25"),
    review_after("One of the day of the meeting did.", adoption().review("2025-04-04"), "2025-04-25", "done in time", "2025-04-25",
                 "2025-04-04"),
    review_after("A review that was cancelled was not held.", adoption().review("2025-04-20", cancelled=True), "2025-04-25",
                 "overdue", "2025-04-25"),
    review_after("A review of an earlier period of care is none.", adoption().review("2025-04-20", period="EARLIER"), "2025-04-25",
                 "overdue", "2025-04-25"),
    review_after("A discussion in place of a meeting is not asked about.",
                 in_care().meeting("PPD", "2025-04-04").plan("ADOPTION", "2025-04-07"), "2025-04-25"),
    review_after("Nor is a meeting 29 days before adoption became the plan.",
                 in_care().meeting("PPM", "2025-03-09").plan("ADOPTION", "2025-04-07"), "2025-04-25"),
    review_after("One 28 days before is.", in_care().meeting("PPM", "2025-03-10").plan("ADOPTION", "2025-04-07"), "2025-04-25",
                 "overdue", "2025-03-31"),
    review_after("A child without adoption in the plan is not asked about.",
                 in_care().meeting("PPM", "2025-04-04").plan("RETURN6M", "2025-04-07"), "2025-04-25"),
    report(
        "On the day of the agency decision with no report, it is overdue.",
        in_care().decided("2025-06-10"), "2025-06-10", "overdue", "2025-06-10",
    ),
    report("The day before, nothing is asked.", in_care().decided("2025-06-10"), "2025-06-09"),
    report(
        "A report of the day of the decision is in time.",
        in_care().decided("2025-06-10").document("CHILD_PERMANENCE_REPORT", "2025-06-10"), "2025-06-10", "done in time",
        "2025-06-10", "2025-06-10",
    ),
    report(
        "A report of the day after is late.",
        in_care().decided("2025-06-10").document("CHILD_PERMANENCE_REPORT", "2025-06-11"), "2025-06-11", "done late",
        "2025-06-10", "2025-06-11",
    ),
    report(
        "A report of the day before entry to care may be about another plan.",
        in_care().decided("2025-06-10").document("CHILD_PERMANENCE_REPORT", "2025-01-30"), "2025-06-10", "overdue", "2025-06-10",
    ),
    report(
        "One of the day of entry counts.",
        in_care().decided("2025-06-10").document("CHILD_PERMANENCE_REPORT", "2025-01-31"), "2025-06-10", "done in time",
        "2025-06-10", "2025-01-31",
    ),
    report("A decision that was reversed asks for none.", in_care().decided("2025-06-10", reversed="2025-07-01"), "2025-07-01"),
    not_looked_after(
        "Fourteen weeks after an issue on 3 February is 12 May: the day before, a meeting is due.",
        served().proceedings("2025-02-03"), "2025-05-11", "due", "2025-05-12",
    ),
    not_looked_after("On 12 May it is overdue.", served().proceedings("2025-02-03"), "2025-05-12", "overdue", "2025-05-12"),
    not_looked_after(
        "A meeting on that day is in time.",
        served().proceedings("2025-02-03").meeting("PPM", "2025-05-12"), "2025-05-12", "done in time", "2025-05-12", "2025-05-12",
    ),
    not_looked_after(
        "A discussion is no meeting.",
        served().proceedings("2025-02-03").meeting("PPD", "2025-05-12"), "2025-05-12", "overdue", "2025-05-12",
    ),
    not_looked_after(
        "A meeting of before the issue does not count.",
        served().proceedings("2025-02-03").meeting("PPM", "2025-02-02"), "2025-05-12", "overdue", "2025-05-12",
    ),
    not_looked_after(
        "Proceedings issued later ask for a meeting of their own.",
        served().proceedings("2025-02-03").meeting("PPM", "2025-03-03").proceedings("2025-04-01"), "2025-07-08", "overdue", "2025-07-08",
    ),
    not_looked_after(
        "Those that were issued earlier go on asking for theirs.",
        served().proceedings("2025-02-03").proceedings("2025-05-01"), "2025-05-12", "overdue", "2025-05-12",
    ),
    not_looked_after(
        "A child of 12 and over is asked about: the sentence names no age.",
        served("2012-05-12").proceedings("2025-02-03"), "2025-05-12", "overdue", "2025-05-12",
    ),
    not_looked_after("A child who is looked after is not asked about.", in_care().proceedings("2025-02-03"), "2025-05-12"),
    not_looked_after("When proceedings have concluded, nothing is asked.", served().proceedings("2025-02-03", "2025-05-12"),
                     "2025-05-12"),
    life_story("The day before the plan is a permanent placement, nothing is asked.", waiting(), "2025-03-02"),
    life_story("On the day it is, the child is on the list.", waiting(), "2025-03-03", on("2025-03-03", "2025-03-03", 0),
               detail="long term fostering"),
    life_story("Work started today takes the child off.", waiting().document("LIFE_STORY_WORK", "2025-03-31"), "2025-03-31"),
    life_story("Work of tomorrow does not.", waiting().document("LIFE_STORY_WORK", "2025-04-01"), "2025-03-31", SINCE_MARCH),
    life_story("Work of before entry to care counts.", waiting().document("LIFE_STORY_WORK", "2024-12-01"), "2025-03-31"),
    life_story("With a return home beside it, the plan is not yet another.", waiting().plan("RETURN6M LTFOST18", "2025-03-10"),
               "2025-03-31"),
    life_story("A plan to return home asks for none.", in_care().plan("RETURN6M", "2025-03-03"), "2025-03-31"),
    life_story("No plan asks for none.", in_care(), "2025-03-31"),
    referral("On the day the wait begins with no referral form, the child is on the list.", waiting(), "2025-03-03",
             on("2025-03-03", "2025-03-03", 0), detail="family finding not started"),
    referral("A form completed today takes the child off.", waiting().document("LTF_REFERRAL", "2025-03-31"), "2025-03-31"),
    referral("One of tomorrow does not.", waiting().document("LTF_REFERRAL", "2025-04-01"), "2025-03-31", SINCE_MARCH),
    referral("One of an earlier period of care does not.", waiting().document("LTF_REFERRAL", "2025-01-30"), "2025-03-31",
             SINCE_MARCH),
    referral("One of before the plan changed, in this period of care, counts.", waiting().document("LTF_REFERRAL", "2025-02-01"),
             "2025-03-31"),
    referral("A child who is matched is not waiting.", waiting().match("LTF", "2025-03-31"), "2025-03-31"),
    questionnaire("On the day the wait begins with no questionnaire, the child is on the list.", waiting(), "2025-03-03",
                  on("2025-03-03", "2025-03-03", 0)),
    questionnaire("A questionnaire completed today takes the child off.", waiting().document("CARER_QUESTIONNAIRE", "2025-03-31"),
                  "2025-03-31"),
    questionnaire("The referral form is no questionnaire.", waiting().document("LTF_REFERRAL", "2025-03-31"), "2025-03-31",
                  SINCE_MARCH),
    questionnaire("A questionnaire of tomorrow does not.", waiting().document("CARER_QUESTIONNAIRE", "2025-04-01"), "2025-03-31",
                  SINCE_MARCH),
    questionnaire("The day before the plan, nothing is asked.", waiting(), "2025-03-02"),
    profile("On 24 March, 21 days after the wait began on 3 March, the child is not on the list: it is not more.", waiting(),
            "2025-03-24"),
    profile("The day after, for a day.", waiting(), "2025-03-25", on("2025-03-03", "2025-03-24", 1), detail="no profile sent"),
    profile("A profile starts the 21 days again.", waiting().document("PROFILE", "2025-03-20", to="FOSTERING_TEAMS"), "2025-04-11",
            on("2025-03-20", "2025-04-10", 1), detail="since the last profile"),
    profile("A profile to somebody else does not.", waiting().document("PROFILE", "2025-03-20", to="OTHER"), "2025-03-25",
            on("2025-03-03", "2025-03-24", 1)),
    profile("A profile of before the wait does not.", waiting().document("PROFILE", "2025-03-02", to="FOSTERING_TEAMS"),
            "2025-03-25", on("2025-03-03", "2025-03-24", 1)),
    profile("A child who is matched is not waiting.", waiting().match("LTF", "2025-03-24"), "2025-03-25"),
    panel("The day before the third move, nothing is asked.", moved("2024-03-01", "2024-05-01", "2025-01-10"), "2025-01-09"),
    panel("On the day of the third move with no panel since, the child is on the list.",
          moved("2024-03-01", "2024-05-01", "2025-01-10"), "2025-01-10", on("2025-01-10", "2025-01-10", 0), detail="3 moves"),
    panel("A panel on that day takes the child off.",
          moved("2024-03-01", "2024-05-01", "2025-01-10").meeting("PARP", "2025-01-10"), "2025-01-10"),
    panel("A panel of the day before does not.",
          moved("2024-03-01", "2024-05-01", "2025-01-10").meeting("PARP", "2025-01-09"), "2025-01-12",
          on("2025-01-10", "2025-01-10", 2)),
    panel("A panel that is booked does not.",
          moved("2024-03-01", "2024-05-01", "2025-01-10").meeting("PARP", "2025-01-14", "BOOKED"), "2025-01-12",
          on("2025-01-10", "2025-01-10", 2)),
    panel("Six months after a placement order of 30 November, 30 May, the child is on the list.", fostered(), "2025-05-31", ORDERED,
          detail="placement order for 6 months, not matched"),
    panel("The day before, not.", fostered(), "2025-05-29"),
    panel("A panel of before the six months were up does not count for them.", fostered().meeting("PARP", "2025-05-29"),
          "2025-05-31", ORDERED),
    panel("A match takes the child off.", fostered().permanence(matched="2025-05-31"), "2025-05-31"),
    panel("Another panel is not this one.", fostered().meeting("PERMANENCE_PANEL", "2025-05-31"), "2025-05-31", ORDERED),
)  # fmt: skip
