"""Cheshire East: assessments, visits, entries that contradict one another, and the pathway plan; with those of the home."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.cheshire_east_child import cheshire_child
from tests.metrics.cases.cheshire_east_form import FORM_CASES
from tests.metrics.cases.cheshire_east_home import HOME_CASES, NEXT_STEP_CASES, SECURED_CASES, fostered
from tests.metrics.cases.kinds import on, rule_case

waiting = partial(rule_case, "assessments_incomplete")
visits = partial(rule_case, "visit_overdue_or_not_alone")
contradicted = partial(rule_case, "entries_inconsistent")
pathway = partial(rule_case, "pathway_plan_15h")
SINCE_MAY = on("2025-05-01", "2025-05-01", 40)
BOTH_SINCE_MARCH = on("2025-03-01", "2025-03-01", 101)


def in_care():
    return cheshire_child().in_care("2025-03-01")


def young(born: str):
    return cheshire_child(born).in_care("2024-11-01")


ASSESSMENT_CASES = (
    waiting(
        "A connected person referred and not assessed: since the referral.",
        in_care().explored("CONNECTED_PERSON", referred="2025-05-01"),
        "2025-06-10",
        SINCE_MAY,
        detail="connected person not fully assessed",
    ),
    waiting(
        "A referral dated tomorrow does not count today.",
        in_care().explored("CONNECTED_PERSON", referred="2025-06-11"),
        "2025-06-10",
    ),
    waiting(
        "An assessment that ends today is complete.",
        in_care().explored("SGO", referred="2025-05-01", assessed="2025-05-10", done="2025-06-10"),
        "2025-06-10",
    ),
    waiting(
        "An assessment that ends tomorrow is not.",
        in_care().explored("SGO", referred="2025-05-01", assessed="2025-05-10", done="2025-06-11"),
        "2025-06-10",
        SINCE_MAY,
    ),
    waiting(
        "After a positive viability assessment, the full assessment is still to do.",
        in_care().explored("CAO", referred="2025-05-01", viable="2025-05-20", viability="Positive"),
        "2025-06-10",
        SINCE_MAY,
    ),
    waiting(
        "A negative viability assessment ends it.",
        in_care().explored("CAO", referred="2025-05-01", viable="2025-05-20", viability="Not viable"),
        "2025-06-10",
    ),
    waiting(
        "An option closed today needs no assessment.",
        in_care().explored("RETURN_HOME", referred="2025-05-01", closed="2025-06-10"),
        "2025-06-10",
    ),
    waiting(
        "A parent and a connected person: since the earlier of the two.",
        in_care().explored("SGO", referred="2025-05-20").explored("RETURN_HOME", referred="2025-05-01"),
        "2025-06-10",
        SINCE_MAY,
        detail="parent and connected person not fully assessed",
    ),
    waiting(
        "The form is started before entry to care, so a referral before entry counts.",
        in_care().explored("SGO", referred="2025-02-01"),
        "2025-06-10",
        on("2025-02-01", "2025-02-01", 129),
    ),
    waiting(
        "An option closed before entry does not count.",
        in_care().explored("SGO", referred="2024-02-01", closed="2025-02-28"),
        "2025-06-10",
    ),
    waiting(
        "Long-term fostering is neither a parent nor a connected person.",
        in_care().explored("LTF", referred="2025-05-01"),
        "2025-06-10",
    ),
)

VISIT_CASES = (
    visits(
        "The day before the first visit is due, a week from the placement.", in_care().placement("U6", "2025-06-03"), "2025-06-09"
    ),
    visits(
        "On the day that it is due and was not made.",
        in_care().placement("U6", "2025-06-03"),
        "2025-06-10",
        on("2025-06-03", "2025-06-10", 0),
        detail="visit overdue; never seen in this period of care",
    ),
    visits("The day after.", in_care().placement("U6", "2025-06-03"), "2025-06-11", on("2025-06-03", "2025-06-10", 1)),
    visits(
        "Visited on the day: in time, and the next one is six weeks on.",
        in_care().placement("U6", "2025-06-03").visit("2025-06-10"),
        "2025-07-21",
    ),
    visits(
        "Six weeks on to the day, and not seen since.",
        in_care().placement("U6", "2025-06-03").visit("2025-06-10"),
        "2025-07-22",
        on("2025-06-10", "2025-07-22", 0),
        detail="visit overdue",
    ),
    visits(
        "A visit at which the child was not seen does not count.",
        in_care().placement("U6", "2025-06-03").visit("2025-06-10", seen=False),
        "2025-06-10",
        on("2025-06-03", "2025-06-10", 0),
    ),
    visits(
        "Seen, but not alone: since that visit.",
        in_care().placement("U6", "2025-06-03").visit("2025-06-08", alone=False),
        "2025-06-09",
        on("2025-06-08", "2025-06-08", 1),
        detail="not seen alone at the last visit",
    ),
    visits(
        "Of two visits on one day, one alone is enough.",
        in_care().placement("U6", "2025-06-03").visit("2025-06-08", alone=False).visit("2025-06-08"),
        "2025-06-09",
    ),
    visits(
        "Visited before the move only: due a week from the move.",
        in_care().placement("U6", "2025-03-01", "2025-06-03").placement("K2", "2025-06-03").visit("2025-05-30"),
        "2025-06-10",
        on("2025-06-03", "2025-06-10", 0),
        detail="visit overdue",
    ),
    visits(
        "With long-term foster carers for over a year, three months are allowed.",
        cheshire_child().in_care("2023-01-01").placement("U4", "2023-01-01").plan("LTFOST18", "2023-02-01").visit("2025-03-11"),
        "2025-06-10",
    ),
    visits(
        "And three months to the day are the limit.",
        cheshire_child().in_care("2023-01-01").placement("U4", "2023-01-01").plan("LTFOST18", "2023-02-01").visit("2025-03-10"),
        "2025-06-10",
        on("2025-03-10", "2025-06-10", 0),
    ),
    visits(
        "Three months from 30 November end on the last of February.",
        cheshire_child().in_care("2022-01-01").placement("U4", "2022-01-01").plan("LTFOST18", "2022-02-01").visit("2024-11-30"),
        "2025-02-28",
        on("2024-11-30", "2025-02-28", 0),
    ),
    visits(
        "In the first year of the placement it is six weeks even there.",
        cheshire_child().in_care("2025-01-01").placement("U4", "2025-01-01").plan("LTFOST18", "2025-02-01").visit("2025-04-29"),
        "2025-06-10",
        on("2025-04-29", "2025-06-10", 0),
    ),
    visits(
        "Back in care: a visit of the period before does not count.",
        cheshire_child()
        .in_care("2024-01-01", "2025-05-30", period="FIRST")
        .visit("2025-05-29")
        .in_care("2025-06-03", period="SECOND")
        .placement("U6", "2025-06-03"),
        "2025-06-10",
        on("2025-06-03", "2025-06-10", 0),
    ),
)

CONTRADICTION_CASES = (
    contradicted(
        "Placed for adoption with another plan, since both stood beside each other.",
        fostered("LTFOST18", "A3"),
        "2025-06-10",
        BOTH_SINCE_MARCH,
        detail="plan and placement: placed for adoption, which is not in the plan",
    ),
    contradicted(
        "The same with adoption in a parallel plan is no contradiction.", fostered("LTFOST18 ADOPTION", "A3"), "2025-06-10"
    ),
    contradicted(
        "A child without a plan contradicts nothing by it.",
        cheshire_child().in_care("2024-11-01").placement("A3", "2025-02-01"),
        "2025-06-10",
    ),
    contradicted(
        "A placement order and a plan without adoption.",
        fostered().legal("E1", "2025-01-01"),
        "2025-06-10",
        BOTH_SINCE_MARCH,
        detail="plan and legal status: subject to a placement order, and adoption is not in the plan",
    ),
    contradicted(
        "A placement order that ended today contradicts nothing.",
        fostered().legal("E1", "2025-01-01", "2025-06-10"),
        "2025-06-10",
    ),
    contradicted(
        "Placed for adoption under a placement order that is not there.",
        fostered("ADOPTION", "A5"),
        "2025-06-10",
        on("2025-02-01", "2025-02-01", 129),
        detail="placement and legal status: placed for adoption under a placement order, and there is none",
    ),
    contradicted(
        "Placed with parents under section 20.",
        fostered("RETURN6M", "P1").legal("V2", "2024-11-01"),
        "2025-06-10",
        on("2025-02-01", "2025-02-01", 129),
        detail="placement and legal status: placed with parents without a care order",
    ),
    contradicted(
        "Placed with parents under a care order is as it should be.",
        fostered("RETURN6M", "P1").legal("C2", "2024-11-01"),
        "2025-06-10",
    ),
    contradicted(
        "In a long-term foster placement, and return home the only option.",
        fostered("RETURN6M", "U4"),
        "2025-06-10",
        BOTH_SINCE_MARCH,
        detail="plan and placement: in a long-term foster placement, and the plan is another",
    ),
    contradicted(
        "The primary option of the form is not in the plan.",
        fostered().explored("ADOPTION", referred="2025-05-01", primary=True),
        "2025-06-10",
        SINCE_MAY,
        detail="options and plan: the primary option is not in the plan",
    ),
    contradicted(
        "A connected person as the primary option may become the long-term foster carer of the plan.",
        fostered().explored("CONNECTED_PERSON", referred="2025-05-01", primary=True),
        "2025-06-10",
    ),
    contradicted(
        "A connected person found against says nothing against long-term fostering.",
        fostered().explored("CONNECTED_PERSON", referred="2025-05-01", done="2025-06-01", outcome="Negative"),
        "2025-06-10",
    ),
    contradicted(
        "A contingency that is not in the plan is no contradiction.",
        fostered().explored("ADOPTION", referred="2025-05-01", primary=False),
        "2025-06-10",
    ),
    contradicted(
        "Return home the plan, and the parents' assessment came out against it.",
        fostered("RETURN6M").explored("RETURN_HOME", referred="2025-03-10", done="2025-05-01", outcome="Negative"),
        "2025-06-10",
        SINCE_MAY,
        detail="options and plan: the assessments for the plan came out against it",
    ),
    contradicted(
        "While another parent is still being assessed, the plan may stand.",
        fostered("RETURN6M")
        .explored("RETURN_HOME", referred="2025-03-10", done="2025-05-01", outcome="Negative")
        .explored("RETURN_HOME", referred="2025-05-02"),
        "2025-06-10",
    ),
    contradicted(
        "A special guardianship order made today, and the child still in care.",
        fostered("OTHERPLN").explored("SGO", referred="2025-03-10", order="2025-06-10"),
        "2025-06-10",
        on("2025-06-10", "2025-06-10", 0),
        detail="options and legal status: an order that ends care is recorded, and the child is still in care",
    ),
    contradicted(
        "Two contradictions are both named, since the earlier one.",
        fostered("LTFOST18", "A5"),
        "2025-06-10",
        on("2025-02-01", "2025-02-01", 129),
        detail="placement and legal status: placed for adoption under a placement order, and there is none; "
        "plan and placement: placed for adoption, which is not in the plan",
    ),
)

PATHWAY_CASES = (
    pathway("The day before fifteen and a half.", young("2009-12-11"), "2025-06-10"),
    pathway(
        "On the day.",
        young("2009-12-10"),
        "2025-06-10",
        on("2025-06-10", "2025-06-10", 0),
        detail="aged 15; no pathway plan in this period of care",
    ),
    pathway("The day after.", young("2009-12-09"), "2025-06-10", on("2025-06-09", "2025-06-09", 1)),
    pathway(
        "Born on 31 August: fifteen and a half on the last of February.",
        young("2009-08-31"),
        "2025-02-28",
        on("2025-02-28", "2025-02-28", 0),
    ),
    pathway(
        "Born on 29 August, in a leap year of fifteen and a half: on 29 February.",
        cheshire_child("2008-08-29").in_care("2023-01-01"),
        "2024-02-28",
    ),
    pathway(
        "And on that day.", cheshire_child("2008-08-29").in_care("2023-01-01"), "2024-02-29", on("2024-02-29", "2024-02-29", 0)
    ),
    pathway(
        "Entered care after that age: since entry.",
        cheshire_child("2009-01-01").in_care("2025-06-01"),
        "2025-06-10",
        on("2025-06-01", "2025-06-01", 9),
    ),
    pathway("A pathway plan reviewed today is one.", young("2009-06-10").pathway_plan("2025-06-10"), "2025-06-10"),
    pathway(
        "A review of tomorrow is not.",
        young("2009-06-10").pathway_plan("2025-06-11"),
        "2025-06-10",
        on("2024-12-10", "2024-12-10", 182),
    ),
    pathway(
        "Back in care: a pathway plan of the period before does not count.",
        cheshire_child("2009-06-10")
        .in_care("2024-01-01", "2025-01-01", period="FIRST")
        .pathway_plan("2024-12-31")
        .in_care("2025-06-01", period="SECOND"),
        "2025-06-10",
        on("2025-06-01", "2025-06-01", 9),
    ),
    pathway("A child without a date of birth is left out.", cheshire_child(None).in_care("2024-11-01"), "2025-06-10"),
)

CASES = (
    *ASSESSMENT_CASES,
    *HOME_CASES,
    *SECURED_CASES,
    *NEXT_STEP_CASES,
    *VISIT_CASES,
    *CONTRADICTION_CASES,
    *PATHWAY_CASES,
    *FORM_CASES,
)
