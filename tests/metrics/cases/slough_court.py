"""Slough on the way to court: letters, legal gateways, children not yet born, hearings; and going home."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.kinds import on, rule_case
from tests.metrics.cases.milestones import milestone_case
from tests.metrics.cases.national_child import national

letter = partial(rule_case, "pre_proceedings_letter", settings={"policies": ("slough",)})
gateway = partial(milestone_case, "gateway_review_6w")
unborn = partial(milestone_case, "unborn_gateway_2w")
hearing = partial(milestone_case, "review_before_irh")
home = partial(milestone_case, "return_authorised")
urgent = partial(milestone_case, "urgent_meeting_referred")
final = partial(milestone_case, "final_care_planning")
support = partial(milestone_case, "return_plan_section_20")
DECIDED = on("2025-02-03", "2025-02-03", 26)
BY_WHOM = "to be authorised by the director of operations or nominated senior manager"


def at_gateway(born="2015-05-10"):
    return national(born=born).meeting("LEGAL_GATEWAY", "2025-01-31")


def at_urgent_meeting():
    return national().meeting("URGENT_LEGAL", "2025-01-31")


def expected(on="2025-06-15"):
    """Expected on 15 June 2025: two weeks before is 1 June."""
    return at_gateway(born=None).expected(on)


def in_court(irh="2025-06-16"):
    return national().in_care("2025-01-31").proceedings("2025-02-03").hearings(issues_resolution=irh)


def went_home(reason="E4A"):
    return national().in_care("2025-01-31", "2025-06-02", ceased=reason)


def with_evidence():
    return national().in_care("2025-01-31").proceedings("2025-02-03").hearings(evidence="2025-06-10")


def from_section_20():
    return went_home().legal("V2", "2025-01-31", "2025-06-02")


def left_from_home(moved):
    return went_home().placement("P1", moved, "2025-06-02", id="HOME")


def at_home():
    return national().in_care("2025-01-31").placement("U6", "2025-01-31", "2025-06-02").placement("P1", "2025-06-02", id="HOME")


LETTER = (
    letter("With no letter the child is on the list from the day of the decision.", national().before_court("2025-03-01"), "2025-03-01",
           on("2025-03-01", "2025-03-01", 0), detail="not in care"),
    letter("The day before the decision the child is not.", national().before_court("2025-03-01"), "2025-02-28"),
    letter("A letter of that day takes the child off.", national().before_court("2025-02-03", letter="2025-03-01"), "2025-03-01"),
    letter("A letter of tomorrow does not.", national().before_court("2025-02-03", letter="2025-03-02"), "2025-03-01", DECIDED),
    letter("Once stepped down, no letter is asked for.", national().before_court("2025-02-03", "2025-03-01"), "2025-03-01"),
    letter("Nor once proceedings are issued.", national().before_court("2025-02-03").proceedings("2025-02-20"), "2025-03-01"),
    letter("A child in care is on the list in the same way.", national().in_care("2025-01-31").before_court("2025-02-03"), "2025-03-01",
           DECIDED, detail="in care"),
)  # fmt: skip
GATEWAY = (
    gateway("Six weeks from a gateway on 31 January are up on 14 March: the day before, its review is due.", at_gateway(),
            "2025-03-13", "due", "2025-03-14", detail="not in care"),
    gateway("On 14 March it is overdue.", at_gateway(), "2025-03-14", "overdue", "2025-03-14"),
    gateway("The next gateway is the review, and falls due for one itself.", at_gateway().meeting("LEGAL_GATEWAY", "2025-03-14"),
            "2025-03-20", "due", "2025-04-25"),
    gateway("Reviewed late, the first has been done: the second stands.", at_gateway().meeting("LEGAL_GATEWAY", "2025-03-20"),
            "2025-03-20", "due", "2025-05-01"),
    gateway("A review of tomorrow has not been held.", at_gateway().meeting("LEGAL_GATEWAY", "2025-03-15"),
            "2025-03-14", "overdue", "2025-03-14"),
    gateway("A gateway that was cancelled starts no clock.", national().meeting("LEGAL_GATEWAY", "2025-01-31", "CANCELLED"), "2025-03-14"),
    gateway("Another legal planning meeting starts none.", national().meeting("LEGAL_PLANNING", "2025-01-31"), "2025-03-14"),
    gateway("Nor is it the review.", at_gateway().meeting("LEGAL_PLANNING", "2025-03-01"), "2025-03-14", "overdue", "2025-03-14"),
    gateway("Once proceedings are issued, no review is asked for.", at_gateway().proceedings("2025-03-14"), "2025-03-14"),
    gateway("Issued tomorrow, it is.", at_gateway().proceedings("2025-03-15"), "2025-03-14", "overdue", "2025-03-14"),
    gateway("Stepped down that day, it is not.", at_gateway().before_court("2025-02-03", "2025-03-14"), "2025-03-14"),
    gateway("Proceedings of before the gateway do not end it.", at_gateway().proceedings("2024-06-01", "2024-09-01"),
            "2025-03-14", "overdue", "2025-03-14"),
    gateway("An interim care order of that day says that proceedings were issued, though nobody recorded it.",
            at_gateway().in_care("2025-02-10").legal("C1", "2025-03-14"), "2025-03-14"),
    gateway("One of tomorrow does not yet.", at_gateway().in_care("2025-02-10").legal("C1", "2025-03-15"),
            "2025-03-14", "overdue", "2025-03-14"),
    gateway("A care order that was there before the gateway, and is renewed, does not end it.",
            at_gateway().in_care("2024-02-10").legal("C2", "2024-02-10", "2025-02-20").legal("C2", "2025-02-20"),
            "2025-03-14", "overdue", "2025-03-14"),
    gateway("Section 20 does not end it.", at_gateway().in_care("2025-02-10").legal("V2", "2025-02-10"),
            "2025-03-14", "overdue", "2025-03-14"),
    gateway("Years later, with nothing recorded, it is still asked: a review may be missing.", at_gateway(),
            "2027-03-14", "overdue", "2025-03-14"),
    gateway("A child in care is asked about in the same way.", at_gateway().in_care("2025-02-10"), "2025-03-14", "overdue", "2025-03-14",
            detail="in care"),
    gateway("On the 18th birthday nobody is.", at_gateway(born="2007-03-14"), "2025-03-14"),
)  # fmt: skip
UNBORN = (
    unborn("Two weeks before 15 June is 1 June: the day before, the review is due.", expected(), "2025-05-31", "due", "2025-06-01",
           detail="expected on 15/06/2025"),
    unborn("On 1 June it is overdue.", expected(), "2025-06-01", "overdue", "2025-06-01"),
    unborn("Reviewed on 1 June is in time.", expected().meeting("LEGAL_GATEWAY", "2025-06-01"),
           "2025-06-05", "done in time", "2025-06-01", "2025-06-01"),
    unborn("Reviewed the day after is late.", expected().meeting("LEGAL_GATEWAY", "2025-06-02"),
           "2025-06-05", "done late", "2025-06-01", "2025-06-02"),
    unborn("Once the child is born, it is not asked any more.", national(born="2025-06-03").meeting("LEGAL_GATEWAY", "2025-01-31")
           .expected("2025-06-15"), "2025-06-03"),
    unborn("The day before the birth, it was.", national(born="2025-06-03").meeting("LEGAL_GATEWAY", "2025-01-31")
           .expected("2025-06-15"), "2025-06-02", "overdue", "2025-06-01"),
    unborn("A child who is overdue is still not born.", expected(), "2025-06-20", "overdue", "2025-06-01"),
    unborn("A first gateway that leaves no two weeks cannot be reviewed by then.", expected("2025-02-14"), "2025-02-10"),
    unborn("With a day to spare it can.", expected("2025-02-15"), "2025-02-10", "overdue", "2025-02-01"),
    unborn("A child of whom no expected date is recorded has no such date.", at_gateway(born=None), "2025-06-01"),
    unborn("Stepped down, it is not asked any more.", expected().before_court("2025-02-03", "2025-06-01"), "2025-06-01"),
)  # fmt: skip
HEARING = (
    hearing("The day before a hearing on 16 June is the last: two days before, it is due.", in_court(), "2025-06-14", "due", "2025-06-15",
            detail="issues resolution hearing on 16/06/2025"),
    hearing("At the close of the day before, it is overdue.", in_court(), "2025-06-15", "overdue", "2025-06-15"),
    hearing("A review on the day before is in time.", in_court().review("2025-06-15"), "2025-06-15", "done in time", "2025-06-15",
            "2025-06-15"),
    hearing("A review on the day of the hearing is not before it.", in_court().review("2025-06-16"), "2025-06-16", "overdue", "2025-06-15"),
    hearing("Six weeks before the hearing, a review counts.", in_court().review("2025-05-05"), "2025-06-16", "done in time", "2025-06-15",
            "2025-05-05"),
    hearing("A day earlier it does not.", in_court().review("2025-05-04"), "2025-06-16", "overdue", "2025-06-15"),
    hearing("A meeting held for it counts.", in_court().meeting("IRH_REVIEW", "2025-06-10"), "2025-06-16", "done in time", "2025-06-15",
            "2025-06-10"),
    hearing("A cancelled review does not.", in_court().review("2025-06-10", cancelled=True), "2025-06-16", "overdue", "2025-06-15"),
    hearing("Where the hearing is not recorded, there is no due date.", in_court(None), "2025-06-16", "no date",
            detail="issues resolution hearing not recorded"),
    hearing("A child who entered care on the day of the hearing had no review before it.",
            national().in_care("2025-06-16").proceedings("2025-02-03").hearings(issues_resolution="2025-06-16"), "2025-06-20"),
    hearing("The day before the hearing, a child who entered care is asked about.",
            national().in_care("2025-06-15").proceedings("2025-02-03").hearings(issues_resolution="2025-06-16"), "2025-06-20",
            "overdue", "2025-06-15"),
    hearing("A child in proceedings who is not in care has no review.", national().proceedings("2025-02-03")
            .hearings(issues_resolution="2025-06-16"), "2025-06-16"),
)  # fmt: skip
HOME = (
    home("A return home with no approval is overdue on the day.", went_home(), "2025-06-02", "overdue", "2025-06-02",
         detail=f"left care; not authorised ({BY_WHOM})"),
    home("Authorised on that day is in time.", went_home().approval("RETURN_HOME", decided="2025-06-02", by="Director of operations"),
         "2025-06-02", "done in time", "2025-06-02", "2025-06-02"),
    home("Authorised the day after is late.", went_home().approval("RETURN_HOME", decided="2025-06-03", by="Head of service"),
         "2025-06-03", "done late", "2025-06-02", "2025-06-03"),
    home("Approved by anyone else, the child stays on the list, with who approved it.",
         went_home().approval("RETURN_HOME", decided="2025-05-20", by="Team manager"), "2025-06-02", "overdue", "2025-06-02",
         detail=f"left care; approved on 20/05/2025 by Team manager ({BY_WHOM})"),
    home("Refused is not authorised.",
         went_home().approval("RETURN_HOME", decided="2025-05-20", decision="REFUSED", by="Head of service"),
         "2025-06-02", "overdue", "2025-06-02"),
    home("On an unplanned return nobody decided.", went_home("E4B"), "2025-06-02"),
    home("A child who left for another reason did not return home.", went_home("E8"), "2025-06-02"),
    home("A child who moves to the parents while looked after has gone home.", at_home(), "2025-06-02", "overdue", "2025-06-02",
         detail=f"placed with parents; not authorised ({BY_WHOM})"),
    home("An approval of that placement counts.",
         at_home().approval("PLACED_WITH_PARENTS", "HOME", decided="2025-06-01", by="Head of Service"),
         "2025-06-02", "done in time", "2025-06-02", "2025-06-01"),
    home("One of another placement does not.",
         at_home().approval("PLACED_WITH_PARENTS", "OTHER", decided="2025-06-01", by="Head of Service"),
         "2025-06-02", "overdue", "2025-06-02"),
    home("A child who has lived with the parents since entry to care did not return home.",
         national().in_care("2025-01-31").placement("P1", "2025-01-31", id="HOME"), "2025-06-02"),
    home("A day after entry, it is a move home.",
         national().in_care("2025-01-31").placement("P1", "2025-02-01", id="HOME"), "2025-06-02", "overdue", "2025-02-01"),
    home("Who lived with the parents when care ended had gone home before, and is asked about by the day of that move.",
         left_from_home("2025-02-03").approval("PLACED_WITH_PARENTS", "HOME", decided="2025-02-03", by="Head of Service"),
         "2025-06-02", "done in time", "2025-02-03", "2025-02-03", detail=f"left care; authorised ({BY_WHOM})"),
    home("Without an approval the breach stays when care has ended.", left_from_home("2025-02-03"), "2025-06-02",
         "overdue", "2025-02-03"),
    home("Who lived with the parents from entry to care to its end never returned.", left_from_home("2025-01-31"), "2025-06-02"),
    home("Twenty-six weeks before the move an approval counts; a day earlier it was about another time.",
         went_home().approval("RETURN_HOME", decided="2024-12-01", by="Head of Service"), "2025-06-02", "overdue", "2025-06-02"),
    home("Followed for six months after leaving care.", went_home(), "2025-12-02"),
)  # fmt: skip
FINAL = (
    final("The day before the final evidence is due, so is the meeting.", with_evidence(), "2025-06-09", "due", "2025-06-10",
          detail="final evidence due on 10/06/2025"),
    final("On the day it is overdue.", with_evidence(), "2025-06-10", "overdue", "2025-06-10"),
    final("Held on the day is in time.", with_evidence().meeting("FINAL_CARE_PLANNING", "2025-06-10"), "2025-06-20", "done in time",
          "2025-06-10", "2025-06-10"),
    final("The day after is late.", with_evidence().meeting("FINAL_CARE_PLANNING", "2025-06-11"), "2025-06-20", "done late",
          "2025-06-10", "2025-06-11"),
    final("A meeting since issue counts, before entry to care too.",
          national().in_care("2025-05-01").proceedings("2025-02-03").hearings(evidence="2025-06-10")
          .meeting("FINAL_CARE_PLANNING", "2025-04-30"), "2025-06-20", "done in time", "2025-06-10", "2025-04-30"),
    final("Another care planning meeting, at any stage, is not the final one.", with_evidence().meeting("CARE_PLANNING", "2025-05-01"),
          "2025-06-10", "overdue", "2025-06-10"),
    final("Where the day of the evidence is not recorded, 26 weeks from issue count.",
          national().in_care("2025-01-31").proceedings("2025-02-03"), "2025-06-10", "due", "2025-08-04",
          detail="no day recorded for the final evidence"),
    final("A child who is not in proceedings is not asked about.", national().in_care("2025-01-31"), "2025-06-10"),
)  # fmt: skip
URGENT = (
    urgent("After an urgent legal meeting, the gateway is awaited; the document gives no day for it.", at_urgent_meeting(), "2025-01-31",
           "no date", detail="not in care"),
    urgent("The day before the meeting nothing is asked.", at_urgent_meeting(), "2025-01-30"),
    urgent("A gateway on the day of the meeting counts.", at_urgent_meeting().in_care("2025-01-31").meeting("LEGAL_GATEWAY", "2025-01-31"),
           "2025-02-10", "done", None, "2025-01-31", detail="in care"),
    urgent("A gateway the day before was about something else.",
           at_urgent_meeting().meeting("LEGAL_GATEWAY", "2025-01-30"), "2025-02-10", "no date"),
    urgent("A gateway of tomorrow has not been held.", at_urgent_meeting().meeting("LEGAL_GATEWAY", "2025-02-11"), "2025-02-10", "no date"),
    urgent("On the day on which proceedings are issued it is not asked any more.", at_urgent_meeting().proceedings("2025-02-10"),
           "2025-02-10"),
    urgent("The day before, it is.", at_urgent_meeting().proceedings("2025-02-10"), "2025-02-09", "no date"),
    urgent("On the day on which pre-proceedings are stepped down it is not asked any more.",
           at_urgent_meeting().before_court("2025-01-31", "2025-02-10"), "2025-02-10"),
    urgent("The day before the step-down, it is.",
           at_urgent_meeting().before_court("2025-01-31", "2025-02-10"), "2025-02-09", "no date"),
    urgent("A care order made says that proceedings were issued, though they are not recorded.",
           at_urgent_meeting().in_care("2025-02-10").legal("C1", "2025-02-10"), "2025-02-10"),
    urgent("The day before the order, the gateway is awaited.",
           at_urgent_meeting().in_care("2025-02-05").legal("C1", "2025-02-10"), "2025-02-09", "no date", detail="in care"),
    urgent("Section 20 is no order.", at_urgent_meeting().in_care("2025-02-05").legal("V2", "2025-02-05"), "2025-02-10", "no date",
           detail="in care"),
    urgent("A step-down before the meeting was of something else.",
           at_urgent_meeting().before_court("2025-01-02", "2025-01-30"), "2025-02-10", "no date"),
    urgent("A meeting that was cancelled asks for nothing.", national().meeting("URGENT_LEGAL", "2025-01-31", "CANCELLED"), "2025-02-10"),
)  # fmt: skip
RETURN_PLAN = (
    support("Home from section 20 with no plan is overdue on the day.", from_section_20(), "2025-06-02", "overdue", "2025-06-02",
            detail="not recorded: Child-in-need plan started"),
    support("A plan that began on the day is in time.", from_section_20().event("CIN_PLAN_STARTED", "2025-06-02"), "2025-06-02",
            "done in time", "2025-06-02", "2025-06-02"),
    support("The day after is late.", from_section_20().event("CIN_PLAN_STARTED", "2025-06-03"), "2025-06-03", "done late",
            "2025-06-02", "2025-06-03"),
    support("Six weeks before, it counts.", from_section_20().event("CIN_PLAN_STARTED", "2025-04-21"), "2025-06-02", "done in time",
            "2025-06-02", "2025-04-21"),
    support("A day earlier it does not.", from_section_20().event("CIN_PLAN_STARTED", "2025-04-20"), "2025-06-02", "overdue",
            "2025-06-02"),
    support("Under a care order it is another matter.", went_home().legal("C1", "2025-01-31", "2025-06-02"), "2025-06-02"),
    support("Who leaves section 20 for elsewhere is not asked about.",
            went_home(reason="E8").legal("V2", "2025-01-31", "2025-06-02"), "2025-06-02"),
    support("It is followed for six months.", from_section_20(), "2025-12-01", "overdue", "2025-06-02"),
    support("After that it is not.", from_section_20(), "2025-12-02"),
)  # fmt: skip
CASES = (*LETTER, *GATEWAY, *UNBORN, *HEARING, *HOME, *FINAL, *RETURN_PLAN, *URGENT)
