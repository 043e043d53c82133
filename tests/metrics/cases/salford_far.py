"""Salford's placements out of the borough and distant ones, review reports, and consultation reviews."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.milestones import milestone_case
from tests.metrics.cases.salford_child import salford

borough = partial(milestone_case, "out_of_borough_approval")
distant = partial(milestone_case, "distant_approval")
report = partial(milestone_case, "review_report_20d")
consultation = partial(milestone_case, "consultation_review_possible")
DAY = "2025-03-01"
ASSISTANT = "to be approved by the assistant director"


def placed(miles, kind="K2", **home):
    return salford().in_care(DAY).home(kind, DAY, miles=miles, id="P1", **home)


def reviewed():
    """Reviewed on Monday 1 December 2025: twenty working days on, over Christmas, is Wednesday 31 December."""
    return salford().in_care("2025-01-31").review("2025-12-01")


def matched(kind="U4"):
    return salford().in_care("2023-01-01").home(kind, "2024-02-29").match("LTF", "2024-02-29")


BOROUGH = (
    borough("Twenty miles from home with no approval: overdue from the first day.", placed(20.0), DAY, "overdue", DAY,
            detail="by distance; 20 miles; not asked for (to be approved by the assistant director)"),
    borough("Nineteen miles and nine tenths ask for none.", placed(19.9), DAY),
    borough("Forty miles are distant, and another's to approve.", placed(40.0), DAY),
    borough("Approved on the first day is in time.", placed(25.0).approval("OUT_OF_BOROUGH", "P1", asked="2025-02-20", decided=DAY),
            "2025-03-05", "done in time", DAY, DAY),
    borough("Approved on the second day is late.",
            placed(25.0).approval("OUT_OF_BOROUGH", "P1", asked="2025-02-20", decided="2025-03-02"),
            "2025-03-05", "done late", DAY, "2025-03-02"),
    borough("Approved tomorrow is not approved.",
            placed(25.0).approval("OUT_OF_BOROUGH", "P1", asked="2025-02-20", decided="2025-03-06"),
            "2025-03-05", "overdue", DAY, detail=f"as requested; 25 miles; asked for on 20/02/2025 ({ASSISTANT})"),
    borough("Refused is not approved.",
            placed(25.0).approval("OUT_OF_BOROUGH", "P1", asked="2025-02-20", decided="2025-03-02", decision="REFUSED"),
            "2025-03-05", "overdue", DAY, detail=f"as requested; 25 miles; refused on 02/03/2025 ({ASSISTANT})"),
    borough("An emergency approval will do.", placed(25.0).approval("EMERGENCY", "P1", asked=DAY, decided=DAY),
            "2025-03-05", "done in time", DAY, DAY),
    borough("An approval of another placement does not count.",
            placed(25.0).approval("OUT_OF_BOROUGH", "P9", asked="2025-02-20", decided="2025-02-20"), "2025-03-05", "overdue", DAY),
    borough("A request says that it is one, whatever the distance.",
            placed(None).approval("OUT_OF_BOROUGH", "P1", asked=DAY), "2025-03-05", "overdue", DAY,
            detail="as requested; distance not known; asked for on 01/03/2025 (to be approved by the assistant director)"),
    borough("Placements with relatives or friends ask for none.", placed(25.0, "U3"), DAY),
    borough("Placements with parents ask for none.", placed(25.0, "P1"), DAY),
    borough("The council's own foster carers ask for none.", placed(25.0, "U6", provider="PR1"), DAY),
    borough("An agency's foster carers do.", placed(25.0, "U6", provider="PR4"), DAY, "overdue", DAY),
    borough("A home in an adjoining authority is out of the borough, however near.", placed(3.0, authority="ZZ02"), DAY, "overdue", DAY,
            detail=f"3 miles; not asked for ({ASSISTANT})"),
    borough("And however far: forty miles into a neighbour are not distant.", placed(60.0, authority="ZZ02"), DAY, "overdue", DAY),
    borough("A neighbour may be named instead of its code.", placed(3.0, authority=" next door "), DAY, "overdue", DAY),
    borough("A home in the council's own area needs none, however far.", placed(25.0, authority="ZZ01"), DAY),
    borough("A request does not make a home in the council's own area one out of the borough.",
            placed(5.0, authority="ZZ01").approval("OUT_OF_BOROUGH", "P1", asked=DAY), DAY),
    borough("Approved by anyone else, the child stays on the list, with who approved it.",
            placed(3.0, authority="ZZ02").approval("OUT_OF_BOROUGH", "P1", asked=DAY, decided=DAY, by="Head of Service"),
            "2025-03-05", "overdue", DAY, detail=f"3 miles; approved on 01/03/2025 by Head of Service ({ASSISTANT})"),
    borough("Nor will an approval do that does not say whose it is.",
            placed(3.0, authority="ZZ02").approval("OUT_OF_BOROUGH", "P1", asked=DAY, decided=DAY, by=None),
            "2025-03-05", "overdue", DAY, detail=f"3 miles; approved on 01/03/2025 by somebody not recorded ({ASSISTANT})"),
    borough("The strategic director's approval is not the assistant director's.",
            placed(3.0, authority="ZZ02").approval("OUT_OF_BOROUGH", "P1", asked=DAY, decided=DAY, by="Strategic Director"),
            "2025-03-05", "overdue", DAY),
    borough("The council's other word for the role will do, in any letter case.",
            placed(3.0, authority="ZZ02").approval("OUT_OF_BOROUGH", "P1", asked=DAY, decided=DAY, by="ad"),
            "2025-03-05", "done in time", DAY, DAY),
)  # fmt: skip
DISTANT = (
    distant("Forty miles from home with no approval: overdue from the first day.", placed(40.0), DAY, "overdue", DAY,
            detail="by distance; 40 miles; not asked for (to be approved by the strategic director)"),
    distant("Thirty-nine miles and nine tenths are not distant.", placed(39.9), DAY),
    distant("A distance of 999.9 is not known, and asks for none.", placed(999.9), DAY),
    distant("A request for a distant placement says that it is one.", placed(10.0).approval("DISTANT", "P1", asked=DAY, decided=DAY),
            DAY, "done in time", DAY, DAY),
    distant("A placement that was asked for as out of the borough is not distant, however far.",
            placed(120.0).approval("OUT_OF_BOROUGH", "P1", asked=DAY, decided=DAY), DAY),
    distant("After a stay in hospital the approval of the same home still counts.",
            salford().in_care(DAY).home("K2", DAY, "2025-04-01", miles=60.0, id="P1").home("T1", "2025-04-01", "2025-04-05", id="P2")
            .home("K2", "2025-04-05", miles=60.0, id="P3").approval("DISTANT", "P1", asked=DAY, decided=DAY),
            "2025-05-01", "done in time", DAY, DAY),
    distant("A home in any other authority is distant, however near.", placed(3.0, authority="ZZ09"), DAY, "overdue", DAY,
            detail="3 miles; not asked for (to be approved by the strategic director)"),
    distant("Approved by the assistant director, a distant home stays on the list.",
            placed(3.0, authority="ZZ09").approval("DISTANT", "P1", asked=DAY, decided=DAY, by="Assistant Director"),
            "2025-03-05", "overdue", DAY),
)  # fmt: skip
REPORT = (
    report("Twenty working days over Christmas from 1 December 2025 end on the 31st: the day before, it is due.",
           reviewed(), "2025-12-30", "due", "2025-12-31"),
    report("On 31 December it is overdue.", reviewed(), "2025-12-31", "overdue", "2025-12-31"),
    report("A report of 31 December is in time.", reviewed().document("REVIEW_REPORT", "2025-12-31"),
           "2026-01-05", "done in time", "2025-12-31", "2025-12-31"),
    report("A report of 2 January is late.", reviewed().document("REVIEW_REPORT", "2026-01-02"),
           "2026-01-05", "done late", "2025-12-31", "2026-01-02"),
    report("A report of before the review is not its report.", reviewed().document("REVIEW_REPORT", "2025-11-30"),
           "2025-12-31", "overdue", "2025-12-31"),
    report("A care plan summary is not the report.", reviewed().note("CARE_PLAN_SUMMARY", "2025-12-05"),
           "2025-12-31", "overdue", "2025-12-31"),
    report("A report of another review is not this one's.", reviewed().document("REVIEW_REPORT", "2025-12-05", about="2025-06-02"),
           "2025-12-31", "overdue", "2025-12-31"),
    report("A report that says it is for this review counts.", reviewed().document("REVIEW_REPORT", "2025-12-05", about="2025-12-01"),
           "2025-12-31", "done in time", "2025-12-31", "2025-12-05"),
    report("The next review takes the place of the one before.",
           reviewed().review("2026-03-02"), "2026-03-02", "due", "2026-03-30"),
    report("A cancelled review has no report.", salford().in_care("2025-01-31").review("2025-12-01", cancelled=True), "2025-12-31"),
)  # fmt: skip
CONSULTATION = (
    consultation("A year after a match on 29 February 2024 is 28 February 2025: that is not over one year, and not yet possible.",
                 matched(), "2025-02-28", "not yet", "2025-02-28", detail="no consultation review yet"),
    consultation("On 1 March 2025, over one year, it is possible.", matched(), "2025-03-01", "possible", "2025-02-28"),
    consultation("A consultation that was held is shown.", matched().meeting("CONSULTATION_REVIEW", "2025-03-03"),
                 "2025-03-03", "possible", "2025-02-28", detail="last consultation on 03/03/2025"),
    consultation("Placed after the match, the year runs from the home.",
                 salford().in_care("2023-01-01").home("U4", "2024-04-30").match("LTF", "2024-02-29"),
                 "2025-02-28", "not yet", "2025-04-30"),
    consultation("A home that becomes the long-term one is the same home: the year runs from the match.",
                 salford().in_care("2023-01-01").home("U6", "2023-01-01", "2024-04-30", postcode="ZZ1 1AA")
                 .home("U4", "2024-04-30", postcode="ZZ1 1AA").match("LTF", "2024-02-29"), "2025-03-01", "possible", "2025-02-28"),
    consultation("Children with relatives or friends are left out.", matched("U1"), "2025-03-01"),
    consultation("A match that has ended is none.",
                 salford().in_care("2023-01-01").home("U4", "2024-02-29").match("LTF", "2024-02-29", ended="2025-02-28"), "2025-03-01"),
    consultation("A match for adoption is not meant.",
                 salford().in_care("2023-01-01").home("U4", "2024-02-01").match("ADOPTION", "2024-02-01"), "2025-03-01"),
    consultation("A child who lives elsewhere than in a long-term foster placement is not placed in one.", matched("K2"), "2025-03-01"),
)  # fmt: skip
CASES = (*BOROUGH, *DISTANT, *REPORT, *CONSULTATION)
