"""Salford's ceasing to be looked after: approval before it, and what a return home asks for."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.milestones import milestone_case
from tests.metrics.cases.salford_child import salford

under_16 = partial(milestone_case, "leaving_approval_under_16")
from_16 = partial(milestone_case, "leaving_approval_16_17")
plan = partial(milestone_case, "child_in_need_plan_2w")
risk = partial(milestone_case, "risk_assessment_24h")
cafas = partial(milestone_case, "cafas_15d")
request = partial(milestone_case, "ceasing_request_unplanned")
review = partial(milestone_case, "review_before_ceasing")
decision = partial(milestone_case, "management_decision_before_ceasing")
cafas_under_16 = partial(milestone_case, "cafas_before_ceasing_under_16")
cafas_16_17 = partial(milestone_case, "cafas_before_ceasing_16_17")
DAY = "2025-03-31"
NOTE = "MANAGEMENT_DECISION"
ASSISTANT = "to be approved by the assistant director"


def accommodated(born="2015-05-10"):
    """Under section 20 from Monday 3 March 2025: twenty working days on is Monday 31 March."""
    return salford(born).in_care("2025-03-03").legal("V2", "2025-03-03")


def gone(reason="E4A", left=DAY, born="2015-05-10"):
    return accommodated(born).left(reason, left)


def settled():
    """Under section 20 since 31 January, and gone."""
    return salford().in_care("2025-01-31").legal("V2", "2025-01-31").left("E4A", DAY)


def home(reason="E4A", born="2015-05-10", entered="2025-01-31"):
    return salford(born).in_care(entered).legal("C1", entered).left(reason, DAY)


def older(reviewed):
    """Sixteen on the day of leaving, with a pathway plan last reviewed on a day."""
    return salford("2009-03-31").in_care("2025-01-31").legal("V2", "2025-01-31").left("E4A", DAY).pathway_plan(reviewed)


UNDER_16 = (
    under_16("After twenty working days of section 20, leaving with no approval is overdue on the day.", gone(), DAY, "overdue", DAY,
             detail=f"not asked for ({ASSISTANT})"),
    under_16("On an unplanned return nobody decided.", gone("E4B"), DAY),
    under_16("A day less than twenty working days asks for none.", gone(left="2025-03-30"), DAY),
    under_16("Approved on the day of leaving is in time.", gone().approval("CEASE_UNDER_16", asked="2025-03-20", decided=DAY),
             DAY, "done in time", DAY, DAY),
    under_16("Approved the day after is late.", gone().approval("CEASE_UNDER_16", asked="2025-03-20", decided="2025-04-01"),
             "2025-04-01", "done late", DAY, "2025-04-01"),
    under_16("Refused is not approved.",
             gone().approval("CEASE_UNDER_16", asked="2025-03-20", decided="2025-03-25", decision="REFUSED"),
             DAY, "overdue", DAY, detail=f"refused ({ASSISTANT})"),
    under_16("Section 20 that is recorded in two rows with one day uncovered is one.",
             salford().in_care("2025-03-03").legal("V2", "2025-03-03", "2025-03-10").legal("V2", "2025-03-11").left("E4A", DAY),
             DAY, "overdue", DAY),
    under_16("With two days uncovered, the twenty days begin anew.",
             salford().in_care("2025-03-03").legal("V2", "2025-03-03", "2025-03-10").legal("V2", "2025-03-12").left("E4A", DAY), DAY),
    under_16("Under an interim care order a court decides.", home(), DAY),
    under_16("So it does where section 20 was left open when the order began.",
             accommodated().legal("C2", "2025-03-30").left("E4A", DAY), DAY),
    under_16("An order that ended before the last day in care left the agreement to stand.",
             accommodated().legal("C1", "2025-03-10", "2025-03-30").left("E4A", DAY), DAY, "overdue", DAY),
    under_16("An adoption is a court's decision.", gone("E11"), DAY),
    under_16("So is a sentence to custody.", gone("E9"), DAY),
    under_16("On the sixteenth birthday it is the other approval.", gone(born="2009-03-31"), DAY),
    under_16("It is followed for six months.", gone(), "2025-09-29", "overdue", DAY),
    under_16("After six months it is not followed any more.", gone(), "2025-09-30"),
    under_16("A child who is back in care is followed as a child in care.", gone().in_care("2025-04-10", period="AGAIN"), "2025-04-10"),
    under_16("In care, a request that is open has no date.", accommodated().approval("CEASE_UNDER_16", asked="2025-03-20"),
             DAY, "no date", detail=f"asked for on 20/03/2025 ({ASSISTANT})"),
    under_16("In care, an approval has been given and has no date.",
             accommodated().approval("CEASE_UNDER_16", asked="2025-03-20", decided="2025-03-25"),
             DAY, "done", None, "2025-03-25", detail=f"approved, still in care ({ASSISTANT})"),
    under_16("Approved by anyone else, the child stays on the list, with who approved it.",
             gone().approval("CEASE_UNDER_16", asked="2025-03-20", decided="2025-03-25", by="Head of Service"),
             DAY, "overdue", DAY, detail=f"approved on 25/03/2025 by Head of Service ({ASSISTANT})"),
)  # fmt: skip
FROM_16 = (
    from_16("On the sixteenth birthday, approval is asked for.", gone(born="2009-03-31"), DAY, "overdue", DAY),
    from_16("The day before the birthday it is the other approval.", gone(left="2025-03-30", born="2009-03-31"), DAY),
    from_16("It is asked for from the first day of section 20.",
            salford("2008-06-01").in_care("2025-03-28").legal("V2", "2025-03-28").left("E8", DAY), DAY, "overdue", DAY),
    from_16("Approved in time.", gone(born="2008-06-01").approval("CEASE_16_17", asked="2025-03-20", decided="2025-03-28"),
            DAY, "done in time", DAY, "2025-03-28"),
    from_16("The assistant director's approval is not the strategic director's.",
            gone(born="2008-06-01").approval("CEASE_16_17", asked="2025-03-20", decided="2025-03-28", by="Assistant Director"),
            DAY, "overdue", DAY),
    from_16("The approval for those under sixteen does not do.",
            gone(born="2008-06-01").approval("CEASE_UNDER_16", asked="2025-03-20", decided="2025-03-28"), DAY, "overdue", DAY),
    from_16("The day before the eighteenth birthday it is still asked for.", gone(born="2007-04-02"), "2025-04-01", "overdue", DAY),
    from_16("For those of sixteen and seventeen the document makes no exception of an unplanned return.",
            gone("E4B", born="2009-03-31"), DAY, "overdue", DAY),
    from_16("A sentence to custody is a court's decision.", gone("E9", born="2008-06-01"), DAY),
    from_16("From the eighteenth birthday nothing is.", gone(born="2007-04-02"), "2025-04-02"),
)  # fmt: skip
PLAN = (
    plan("Two weeks after the return: the day before, it is due.", home(), "2025-04-13", "due", "2025-04-14"),
    plan("On the fourteenth day it is overdue.", home(), "2025-04-14", "overdue", "2025-04-14"),
    plan("Begun on the fourteenth day is in time.", home().event("CIN_PLAN_STARTED", "2025-04-14"),
         "2025-05-01", "done in time", "2025-04-14", "2025-04-14"),
    plan("Begun on the fifteenth is late.", home().event("CIN_PLAN_STARTED", "2025-04-15"),
         "2025-05-01", "done late", "2025-04-14", "2025-04-15"),
    plan("Begun four weeks before the return counts.", home().event("CIN_PLAN_STARTED", "2025-03-03"),
         "2025-04-14", "done in time", "2025-04-14", "2025-03-03"),
    plan("Begun a day earlier does not.", home().event("CIN_PLAN_STARTED", "2025-03-02"), "2025-04-14", "overdue", "2025-04-14"),
    plan("A child who did not return home is not asked for one.", home("E8"), "2025-04-14"),
    plan("Sixteen, and thirteen weeks in care: a pathway plan instead.", home(born="2008-12-01", entered="2024-12-30"), "2025-04-14"),
    plan("Sixteen, and a day less than thirteen weeks in care: a child in need.", home(born="2008-12-01", entered="2024-12-31"),
         "2025-04-14", "overdue", "2025-04-14"),
)  # fmt: skip
RISK = (
    risk("On the day of an unplanned return it is due the next day.", home("E4B"), DAY, "due", "2025-04-01"),
    risk("Twenty-four hours are over at the close of the next day.", home("E4B"), "2025-04-01", "overdue", "2025-04-01"),
    risk("Assessed the next day is in time.", home("E4B").event("RISK_ASSESSMENT", "2025-04-01"),
         "2025-04-05", "done in time", "2025-04-01", "2025-04-01"),
    risk("Assessed a day later is late.", home("E4B").event("RISK_ASSESSMENT", "2025-04-02"),
         "2025-04-05", "done late", "2025-04-01", "2025-04-02"),
    risk("A planned return asks for none.", home("E4A"), "2025-04-01"),
    risk("The event of the return within a week of the ending is the same return.", home("E4B").event("UNPLANNED_RETURN", "2025-03-24"),
         "2025-03-31", "overdue", "2025-03-25"),
    risk("A child whose ending is not recorded yet is asked for one too.",
         salford().in_care("2025-01-31").event("UNPLANNED_RETURN", "2025-03-24"), "2025-03-25", "overdue", "2025-03-25"),
    risk("A return six months ago is not followed any more.",
         salford().in_care("2025-01-31").event("UNPLANNED_RETURN", "2025-03-24"), "2025-09-24"),
    risk("Nor does the ending within a week of it begin it anew.", home("E4B").event("UNPLANNED_RETURN", "2025-03-24"), "2025-09-24"),
    risk("The day before, the return is followed.", home("E4B").event("UNPLANNED_RETURN", "2025-03-24"), "2025-09-23", "overdue",
         "2025-03-25"),
    risk("An ending more than a week after the event is a return of its own.",
         home("E4B").event("UNPLANNED_RETURN", "2025-03-23"), "2025-09-24", "overdue", "2025-04-01"),
    risk("On the sixteenth birthday it is the other process, which has no step after leaving.", home("E4B", born="2009-03-31"), DAY),
    risk("The day before the birthday it is asked for.", home("E4B", born="2009-04-01"), DAY, "due", "2025-04-01"),
)  # fmt: skip
REQUEST = (
    request("On the day of an unplanned return there may be no form yet.", gone("E4B"), DAY, "no date"),
    request("The day before nobody has left.", gone("E4B"), "2025-03-30"),
    request("Asked for on that day, it is done.", gone("E4B").approval("CEASE_UNDER_16", asked=DAY), DAY, "done", None, DAY),
    request("Asked for a day later, it is done then.", gone("E4B").approval("CEASE_UNDER_16", asked="2025-04-01"), "2025-04-01", "done",
            None, "2025-04-01"),
    request("One that is to be asked for tomorrow is not.", gone("E4B").approval("CEASE_UNDER_16", asked="2025-04-01"), DAY, "no date"),
    request("One of before this period of care is not this one.", gone("E4B").approval("CEASE_UNDER_16", asked="2025-03-02"), DAY,
            "no date"),
    request("Under a care order the form is asked for too: the sentence names no legal status.", home("E4B"), DAY, "no date"),
    request("A planned return has its approval, and no form after it.", gone("E4A"), DAY),
    request("Told of as unplanned a week before the ending, it was.", gone("E4A").event("UNPLANNED_RETURN", "2025-03-24"), DAY, "no date"),
    request("More than a week before, it was another return.", gone("E4A").event("UNPLANNED_RETURN", "2025-03-23"), DAY),
    request("On the sixteenth birthday it is the other process.", gone("E4B", born="2009-03-31"), DAY),
    request("It is followed for six months.", gone("E4B"), "2025-09-29", "no date"),
    request("After six months it is not followed any more.", gone("E4B"), "2025-09-30"),
)  # fmt: skip
CAFAS = (
    cafas("Fifteen working days over Easter from 31 March 2025 end on 23 April: the day before, it is due.",
          home("E4B"), "2025-04-22", "due", "2025-04-23"),
    cafas("On 23 April it is overdue.", home("E4B"), "2025-04-23", "overdue", "2025-04-23"),
    cafas("Completed on 23 April is in time.", home("E4B").event("CAFAS_COMPLETED", "2025-04-23"),
          "2025-05-01", "done in time", "2025-04-23", "2025-04-23"),
    cafas("Completed on 24 April is late.", home("E4B").event("CAFAS_COMPLETED", "2025-04-24"),
          "2025-05-01", "done late", "2025-04-23", "2025-04-24"),
    cafas("On the sixteenth birthday it is the other process, which has no step after leaving.", home("E4B", born="2009-03-31"), DAY),
    cafas("The day before the birthday it is asked for.", home("E4B", born="2009-04-01"), DAY, "due", "2025-04-23"),
    cafas("Completed before the return does not count.", home("E4B").event("CAFAS_COMPLETED", "2025-03-30"),
          "2025-04-23", "overdue", "2025-04-23"),
)  # fmt: skip
CAFAS_BEFORE = (
    cafas_under_16("After twenty working days of section 20, leaving with no assessment is overdue on the day.", gone(), DAY,
                   "overdue", DAY, detail="not recorded: CAFAS completed"),
    cafas_under_16("A day less than twenty working days asks for none.", gone(left="2025-03-30"), DAY),
    cafas_under_16("Completed on the day of leaving is in time.", gone().event("CAFAS_COMPLETED", DAY), DAY, "done in time", DAY, DAY,
                   detail="recorded"),
    cafas_under_16("The day after is late.", gone().event("CAFAS_COMPLETED", "2025-04-01"), "2025-04-01", "done late", DAY, "2025-04-01"),
    cafas_under_16("Six weeks before leaving it counts.",
                   salford().in_care("2025-01-31").legal("V2", "2025-01-31").left("E4A", DAY).event("CAFAS_COMPLETED", "2025-02-17"),
                   DAY, "done in time", DAY, "2025-02-17"),
    cafas_under_16("A day earlier it does not.",
                   salford().in_care("2025-01-31").legal("V2", "2025-01-31").left("E4A", DAY).event("CAFAS_COMPLETED", "2025-02-16"),
                   DAY, "overdue", DAY),
    cafas_under_16("An adoption is a court's decision.", gone("E11"), DAY),
    cafas_under_16("After an unplanned return the assessment follows it (cafas_15d).", gone("E4B"), DAY),
    cafas_under_16("On the sixteenth birthday it is the other process.", gone(born="2009-03-31"), DAY),
    cafas_under_16("It is followed for six months.", gone(), "2025-09-29", "overdue", DAY),
    cafas_under_16("After six months it is not followed any more.", gone(), "2025-09-30"),
    cafas_16_17("At sixteen, a risk assessment is asked for too: without it, it is overdue.",
                gone(born="2009-03-31").event("CAFAS_COMPLETED", "2025-03-20"), DAY, "overdue", DAY,
                detail="not recorded: Risk assessment"),
    cafas_16_17("Done when the later of the two is.",
                gone(born="2009-03-31").event("CAFAS_COMPLETED", "2025-03-20").event("RISK_ASSESSMENT", DAY),
                DAY, "done in time", DAY, DAY),
    cafas_16_17("One of the two the day after leaving is late.",
                gone(born="2009-03-31").event("CAFAS_COMPLETED", "2025-03-20").event("RISK_ASSESSMENT", "2025-04-01"),
                "2025-04-01", "done late", DAY, "2025-04-01"),
    cafas_16_17("A pathway plan reviewed six weeks before leaving takes the place of the CAFAS.",
                older(reviewed="2025-02-17").event("RISK_ASSESSMENT", "2025-03-20"), DAY, "done in time", DAY, "2025-03-20"),
    cafas_16_17("A day earlier it does not.", older(reviewed="2025-02-16").event("RISK_ASSESSMENT", "2025-03-20"), DAY, "overdue", DAY,
                detail="not recorded: CAFAS completed or pathway plan"),
    cafas_16_17("With a pathway plan the risk assessment is asked for too.", older(reviewed=DAY), DAY, "overdue", DAY,
                detail="not recorded: Risk assessment"),
    cafas_16_17("The earlier of the CAFAS and the pathway plan counts.",
                older(reviewed="2025-04-01").event("CAFAS_COMPLETED", DAY).event("RISK_ASSESSMENT", "2025-03-20"), "2025-04-01",
                "done in time", DAY, DAY),
    cafas_16_17("The day before the birthday it is the other process.", gone(left="2025-03-30", born="2009-03-31"), DAY),
    cafas_16_17("It is asked for from the first day of section 20.",
                salford("2008-06-01").in_care("2025-03-28").legal("V2", "2025-03-28").left("E8", DAY), DAY, "overdue", DAY),
)  # fmt: skip
REVIEW = (
    review("Six weeks before leaving, a review counts.", gone().review("2025-02-17"), DAY, "done in time", DAY, "2025-02-17",
           detail="under 16"),
    review("A day earlier it does not.", gone().review("2025-02-16"), DAY, "overdue", DAY),
    review("On the day of leaving it comes before it.", gone().review(DAY), DAY, "done in time", DAY, DAY),
    review("The day after, the child is looked after no more.", gone().review("2025-04-01"), "2025-04-01", "overdue", DAY),
    review("A cancelled review is none.", gone().review("2025-03-25", cancelled=True), DAY, "overdue", DAY),
    review("Under sixteen, less than twenty working days of section 20 ask for none.", gone(left="2025-03-30"), DAY),
    review("At sixteen it is asked for from the first day.",
           salford("2008-06-01").in_care("2025-03-28").legal("V2", "2025-03-28").left("E8", DAY), DAY, "overdue", DAY,
           detail="aged 16 or 17"),
    review("Where a court decides, it is not asked for.", gone("E11"), DAY),
    review("A sentence to custody is a court's decision.", gone("E9", born="2008-06-01"), DAY),
    review("Which of the two processes it is, is not known of a child whose date of birth is missing.", gone(born=None), DAY),
    review("Under sixteen no review was practicable before an unplanned return.", gone("E4B"), DAY),
    review("At sixteen it is asked for then too.", gone("E4B", born="2009-03-31"), DAY, "overdue", DAY, detail="aged 16 or 17"),
)  # fmt: skip
DECIDED = (
    decision("A management decision of before this period of care is not about leaving it.", gone().note(NOTE, "2025-03-02"), DAY,
             "overdue", DAY),
    decision("The day of entry to care is the first on which it does.", gone().note(NOTE, "2025-03-03"), DAY, "done in time", DAY,
             "2025-03-03", detail="under 16"),
    decision("On the day of leaving it is in time.", gone().note(NOTE, DAY), DAY, "done in time", DAY, DAY),
    decision("The day after it is late.", gone().note(NOTE, "2025-04-01"), "2025-04-01", "done late", DAY, "2025-04-01"),
    decision("A decision of tomorrow is not there yet.", gone().note(NOTE, "2025-04-01"), DAY, "overdue", DAY),
    decision("In care for longer, it counts from six weeks before leaving on.", settled().note(NOTE, "2025-02-17"), DAY, "done in time",
             DAY, "2025-02-17"),
    decision("One of the day before that does not.", settled().note(NOTE, "2025-02-16"), DAY, "overdue", DAY),
    decision("Supervision is no decision.", gone().note("SUPERVISION", "2025-03-20"), DAY, "overdue", DAY),
    decision("Under sixteen, less than twenty working days of section 20 ask for none.", gone(left="2025-03-30"), DAY),
    decision("At sixteen it is asked for from the first day.",
             salford("2008-06-01").in_care("2025-03-28").legal("V2", "2025-03-28").left("E8", DAY), DAY, "overdue", DAY,
             detail="aged 16 or 17"),
    decision("Where a court decides, it is not asked for.", gone("E11"), DAY),
    decision("Nobody decided on an unplanned return under sixteen.", gone("E4B"), DAY),
)  # fmt: skip
CASES = (*DECIDED, *CAFAS_BEFORE, *UNDER_16, *FROM_16, *PLAN, *RISK, *REQUEST, *CAFAS, *REVIEW)
