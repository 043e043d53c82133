"""The practice guidance's other rules: placements with parents, and unaccompanied children's plans."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.milestones import milestone_case
from tests.metrics.cases.south_east_child import guided

ratified = partial(milestone_case, "placed_with_parents_ratified")
reviewed_again = partial(milestone_case, "placed_with_parents_review_3m")
unaccompanied = partial(milestone_case, "uasc_plan_by_second_review")


def at_home(order="C2"):
    one = guided().in_care("2025-01-31", placement="H0").placement("U6", "2025-01-31", "2025-08-31", id="H0")
    one.legal(order, "2025-01-31").in_care("2025-08-31", reason="P", placement="H1")
    return one.placement("P1", "2025-08-31", id="H1")


def arrived(status="UASC", start="2025-01-31", end=None):
    one = guided("2009-01-01").in_care("2025-01-31").immigration(status, start, end)
    return one.review("2025-02-27").review("2025-05-20")


CASES = (
    ratified("The day before the move, nothing is asked.", at_home(), "2025-08-30"),
    ratified(
        "On the day of the move with no panel, it is overdue.",
        at_home(), "2025-08-31", "overdue", "2025-08-31", detail="not ratified by the Permanence Panel",
    ),
    ratified(
        "A panel the day before the move is in time.",
        at_home().meeting("PERMANENCE_PANEL", "2025-08-30"), "2025-08-31", "done in time", "2025-08-31", "2025-08-30",
        detail="ratified before the move",
    ),
    ratified(
        "A panel on the day of the move is in time.",
        at_home().meeting("PERMANENCE_PANEL", "2025-08-31"), "2025-08-31", "done in time", "2025-08-31", "2025-08-31",
        detail="ratified on the day of the move",
    ),
    ratified(
        "A panel the day after the move is late: the child had returned home by then.",
        at_home().meeting("PERMANENCE_PANEL", "2025-09-01"), "2025-09-01", "done late", "2025-08-31", "2025-09-01",
        detail="ratified after the move",
    ),
    ratified(
        "Six months before 31 August is 28 February: a panel of that day counts.",
        at_home().meeting("PERMANENCE_PANEL", "2025-02-28"), "2025-08-31", "done in time", "2025-08-31", "2025-02-28",
    ),
    ratified(
        "A panel the day before that is too long ago.",
        at_home().meeting("PERMANENCE_PANEL", "2025-02-27"), "2025-08-31", "overdue", "2025-08-31",
    ),
    ratified(
        "A panel before entry to care counts for a child who comes into care at home.",
        guided().in_care("2025-01-31", placement="H1").placement("P1", "2025-01-31", id="H1").legal("C1", "2025-01-31")
        .meeting("PERMANENCE_PANEL", "2025-01-20"),
        "2025-01-31", "done in time", "2025-01-31", "2025-01-20",
    ),
    ratified(
        "The panel's approval of this placement counts.",
        at_home().approved("PLACED_WITH_PARENTS", "H1", "2025-08-20", by="Permanence Panel"), "2025-08-31",
        "done in time", "2025-08-31", "2025-08-20",
    ),
    ratified(
        "The panel's approval that names no placement counts.",
        at_home().approved("PLACED_WITH_PARENTS", None, "2025-08-20", by="Permanence Panel"), "2025-08-31",
        "done in time", "2025-08-31", "2025-08-20",
    ),
    ratified(
        "The panel's approval of another placement does not.",
        at_home().approved("PLACED_WITH_PARENTS", "H0", "2025-08-20", by="Permanence Panel"), "2025-08-31",
        "overdue", "2025-08-31",
    ),
    ratified(
        "Approved by anybody else, it is not ratified, and the detail says who approved it.",
        at_home().approved("PLACED_WITH_PARENTS", "H1", "2025-08-20", by="Head of service"), "2025-08-31",
        "overdue", "2025-08-31", detail="approved by Head of service, not by the Permanence Panel",
    ),
    ratified(
        "Another panel is somebody else.",
        at_home().approved("PLACED_WITH_PARENTS", "H1", "2025-08-20", by="Adoption Panel"), "2025-08-31",
        "overdue", "2025-08-31", detail="approved by Adoption Panel, not by the Permanence Panel",
    ),
    ratified(
        "The panel by the council's shorter name, however it is typed, is the panel.",
        at_home().approved("PLACED_WITH_PARENTS", "H1", "2025-08-20", by=" PANEL"), "2025-08-31",
        "done in time", "2025-08-31", "2025-08-20",
    ),
    ratified("With no care order, nothing is asked.", at_home("V2"), "2025-08-31"),
    ratified("A child with foster carers is not asked about.", at_home(), "2025-06-30"),
    reviewed_again(
        "Three months after a move on 31 August is 30 November: the day before, the review is due.",
        at_home(), "2025-11-29", "due", "2025-11-30", detail="since the move",
    ),
    reviewed_again("On 30 November it is overdue.", at_home(), "2025-11-30", "overdue", "2025-11-30"),
    reviewed_again(
        "Ratified before the move, the three months run from the move.",
        at_home().meeting("PERMANENCE_PANEL", "2025-08-01"), "2025-11-29", "due", "2025-11-30", detail="since the move",
    ),
    reviewed_again(
        "Ratified after the move, they run from the ratification.",
        at_home().meeting("PERMANENCE_PANEL", "2025-09-10"), "2025-12-09", "due", "2025-12-10",
        detail="since the last review by the panel",
    ),
    reviewed_again(
        "Three months after a panel on 30 November 2025 is 28 February 2026.",
        at_home().meeting("PERMANENCE_PANEL", "2025-11-30"), "2026-02-28", "overdue", "2026-02-28",
    ),
    reviewed_again(
        "A planning meeting is no review by the panel.",
        at_home().meeting("PPM", "2025-11-01"), "2025-11-30", "overdue", "2025-11-30",
    ),
    reviewed_again(
        "A panel that is booked does not count.",
        at_home().meeting("PERMANENCE_PANEL", "2025-11-01", "BOOKED"), "2025-11-30", "overdue", "2025-11-30",
    ),
    unaccompanied(
        "A plan of the day before the second review is in time.",
        arrived().plan("SUPPLIV", "2025-05-19"), "2025-05-20", "done in time", "2025-05-19", "2025-05-19",
        detail="UASC; second review held; not endorsed by the reviewing officer",
    ),
    unaccompanied(
        "A plan of the day of the second review is late: it has to be there before.",
        arrived().plan("SUPPLIV", "2025-05-20"), "2025-05-20", "done late", "2025-05-19", "2025-05-20",
    ),
    unaccompanied(
        "A plan that ended the day before the second review is none.",
        arrived().plan("SUPPLIV", "2025-03-01", "2025-05-19"), "2025-05-20", "overdue", "2025-05-19",
    ),
    unaccompanied(
        "One that ended on the day of it was there before.",
        arrived().plan("SUPPLIV", "2025-03-01", "2025-05-20"), "2025-05-20", "done in time", "2025-05-19", "2025-03-01",
    ),
    unaccompanied("With no plan it is overdue from the day before.", arrived(), "2025-05-20", "overdue", "2025-05-19"),
    unaccompanied(
        "Until the second review is held, the day before its due date counts.",
        guided("2009-01-01").in_care("2025-01-31").immigration("Unaccompanied child", "2025-01-31").review("2025-02-27")
        .review_due("2025-05-21"),
        "2025-05-19", "due", "2025-05-20",
    ),
    unaccompanied(
        "The plan's endorsement by the reviewing officer is shown.",
        arrived().plan("SUPPLIV", "2025-05-01").document("PLAN_ENDORSED_BY_IRO", "2025-05-20"), "2025-05-20",
        "done in time", "2025-05-19", "2025-05-01",
        detail="UASC; second review held; endorsed by the reviewing officer on 20/05/2025",
    ),
    unaccompanied(
        "An endorsement of tomorrow is not there yet.",
        arrived().document("PLAN_ENDORSED_BY_IRO", "2025-05-21"), "2025-05-20", "overdue", "2025-05-19",
        detail="UASC; second review held; not endorsed by the reviewing officer",
    ),
    unaccompanied("A status that ended today no longer says so.", arrived(end="2025-05-20"), "2025-05-20"),
    unaccompanied("Another status does not say so.", arrived("Refugee"), "2025-05-20"),
    unaccompanied(
        "The need that the episode of care records says so too.",
        arrived("Refugee").in_need("N8"), "2025-05-20", "overdue", "2025-05-19",
        detail="need N8, no such status in force; second review held; not endorsed by the reviewing officer",
    ),
)  # fmt: skip
