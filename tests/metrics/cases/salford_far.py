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


def placed(miles, kind="K2", **home):
    return salford().in_care(DAY).home(kind, DAY, miles=miles, id="P1", **home)


def reviewed():
    """Reviewed on Monday 1 December 2025: twenty working days on, over Christmas, is Wednesday 31 December."""
    return salford().in_care("2025-01-31").review("2025-12-01")


def matched(kind="U4"):
    return salford().in_care("2023-01-01").home(kind, "2024-02-29").match("LTF", "2024-02-29")


BOROUGH = (
    borough("Twenty miles from home with no approval: overdue from the first day.", placed(20.0), DAY, "overdue", DAY,
            detail="20 miles; not asked for (assistant director)"),
    borough("Nineteen miles and nine tenths ask for none.", placed(19.9), DAY),
    borough("Forty miles are distant, and another's to approve.", placed(40.0), DAY),
    borough("Approved on the first day is in time.", placed(25.0).approval("OUT_OF_BOROUGH", "P1", asked="2025-02-20", decided=DAY),
            "2025-03-05", "done in time", DAY, DAY),
    borough("Approved on the second day is late.",
            placed(25.0).approval("OUT_OF_BOROUGH", "P1", asked="2025-02-20", decided="2025-03-02"),
            "2025-03-05", "done late", DAY, "2025-03-02"),
    borough("Approved tomorrow is not approved.",
            placed(25.0).approval("OUT_OF_BOROUGH", "P1", asked="2025-02-20", decided="2025-03-06"),
            "2025-03-05", "overdue", DAY, detail="25 miles; asked for on 20/02/2025 (assistant director)"),
    borough("Refused is not approved.",
            placed(25.0).approval("OUT_OF_BOROUGH", "P1", asked="2025-02-20", decided="2025-03-02", decision="REFUSED"),
            "2025-03-05", "overdue", DAY, detail="25 miles; refused on 02/03/2025 (assistant director)"),
    borough("An emergency approval will do.", placed(25.0).approval("EMERGENCY", "P1", asked=DAY, decided=DAY),
            "2025-03-05", "done in time", DAY, DAY),
    borough("An approval of another placement does not count.",
            placed(25.0).approval("OUT_OF_BOROUGH", "P9", asked="2025-02-20", decided="2025-02-20"), "2025-03-05", "overdue", DAY),
    borough("A request says that it is one, whatever the distance.",
            placed(None).approval("OUT_OF_BOROUGH", "P1", asked=DAY), "2025-03-05", "overdue", DAY,
            detail="distance not known; asked for on 01/03/2025 (assistant director)"),
    borough("Placements with relatives or friends ask for none.", placed(25.0, "U3"), DAY),
    borough("Placements with parents ask for none.", placed(25.0, "P1"), DAY),
    borough("The council's own foster carers ask for none.", placed(25.0, "U6", provider="PR1"), DAY),
    borough("An agency's foster carers do.", placed(25.0, "U6", provider="PR4"), DAY, "overdue", DAY),
)  # fmt: skip
DISTANT = (
    distant("Forty miles from home with no approval: overdue from the first day.", placed(40.0), DAY, "overdue", DAY,
            detail="40 miles; not asked for (strategic director)"),
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
)  # fmt: skip
REPORT = (
    report("Twenty working days over Christmas from 1 December 2025 end on the 31st: the day before, it is due.",
           reviewed(), "2025-12-30", "due", "2025-12-31"),
    report("On 31 December it is overdue.", reviewed(), "2025-12-31", "overdue", "2025-12-31"),
    report("A summary of 31 December is in time.", reviewed().note("CARE_PLAN_SUMMARY", "2025-12-31"),
           "2026-01-05", "done in time", "2025-12-31", "2025-12-31"),
    report("A summary of 2 January is late.", reviewed().note("CARE_PLAN_SUMMARY", "2026-01-02"),
           "2026-01-05", "done late", "2025-12-31", "2026-01-02"),
    report("A summary of before the review is not its report.", reviewed().note("CARE_PLAN_SUMMARY", "2025-11-30"),
           "2025-12-31", "overdue", "2025-12-31"),
    report("Supervision is not the report.", reviewed().note("SUPERVISION", "2025-12-05"), "2025-12-31", "overdue", "2025-12-31"),
    report("The next review takes the place of the one before.",
           reviewed().review("2026-03-02"), "2026-03-02", "due", "2026-03-30"),
    report("A cancelled review has no report.", salford().in_care("2025-01-31").review("2025-12-01", cancelled=True), "2025-12-31"),
)  # fmt: skip
CONSULTATION = (
    consultation("A year after a match on 29 February 2024 is 28 February 2025: the day before, it is not yet possible.",
                 matched(), "2025-02-27", "not yet", "2025-02-28", detail="no consultation review yet"),
    consultation("On 28 February 2025 it is possible.", matched(), "2025-02-28", "possible", "2025-02-28"),
    consultation("A consultation that was held is shown.", matched().meeting("CONSULTATION_REVIEW", "2025-03-03"),
                 "2025-03-03", "possible", "2025-02-28", detail="last consultation on 03/03/2025"),
    consultation("Children with relatives or friends are left out.", matched("U1"), "2025-02-28"),
    consultation("A match that has ended is none.",
                 salford().in_care("2023-01-01").match("LTF", "2024-02-29", ended="2025-02-28"), "2025-02-28"),
    consultation("A match for adoption is not meant.", salford().in_care("2023-01-01").match("ADOPTION", "2024-02-01"), "2025-02-28"),
    consultation("Where the child lives elsewhere than in a long-term foster placement, the list says so.", matched("K2"),
                 "2025-02-28", "possible", "2025-02-28",
                 detail="no consultation review yet; not in a long-term foster placement"),
)  # fmt: skip
CASES = (*BOROUGH, *DISTANT, *REPORT, *CONSULTATION)
