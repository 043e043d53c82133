"""Cheshire East: living with the long-term carer, secured legally, and what must happen first."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.cheshire_east_child import cheshire_child
from tests.metrics.cases.kinds import on, rule_case

elsewhere = partial(rule_case, "not_with_long_term_carer")
unsecured = partial(rule_case, "not_secured_legally")
drifting = partial(rule_case, "no_next_step")
SINCE_ENTRY = on("2024-11-01", "2024-11-01", 221)
SINCE_PLAN = on("2025-03-01", "2025-03-01", 101)


def fostered(plan: str = "LTFOST18", kind: str = "U6"):
    """In care since 1 November 2024, placed since 1 February 2025, with a plan since 1 March 2025; asked about on 10 June."""
    return cheshire_child().in_care("2024-11-01").placement(kind, "2025-02-01", id="HOME").plan(plan, "2025-03-01")


def without_plan(kind: str):
    return cheshire_child().in_care("2024-11-01").placement(kind, "2025-02-01", id="HOME")


HOME_CASES = (
    elsewhere(
        "Long-term fostering the plan, in a foster placement that is not long-term: not with the long-term carer, since entry.",
        fostered(),
        "2025-06-10",
        SINCE_ENTRY,
        detail="the plan is long term fostering",
    ),
    elsewhere("In a long-term foster placement the child lives with the long-term carer.", fostered(kind="U4"), "2025-06-10"),
    elsewhere(
        "Matched today with the carers of this very placement: from today with the long-term carer.",
        fostered().finding_family("LTF", "2025-04-01", matched="2025-06-10", placement="HOME"),
        "2025-06-10",
    ),
    elsewhere(
        "To be matched tomorrow: not yet.",
        fostered().finding_family("LTF", "2025-04-01", matched="2025-06-11", placement="HOME"),
        "2025-06-10",
        SINCE_ENTRY,
    ),
    elsewhere(
        "Matched with carers of another placement: not until the child lives there.",
        fostered().finding_family("LTF", "2025-04-01", matched="2025-06-01", placement="OTHER"),
        "2025-06-10",
        SINCE_ENTRY,
    ),
    elsewhere(
        "Matched with the carers of this home: another code of the placement is no other home.",
        cheshire_child()
        .in_care("2024-11-01")
        .plan("LTFOST18", "2025-03-01")
        .placement("U6", "2025-02-01", "2025-05-01", id="HOME", postcode="ZZ1 1AA")
        .placement("U6", "2025-05-01", postcode="ZZ1 1AA")
        .finding_family("LTF", "2025-04-01", matched="2025-04-10", placement="HOME"),
        "2025-06-10",
    ),
    elsewhere(
        "A match that ended today no longer counts.",
        fostered().finding_family("LTF", "2025-04-01", matched="2025-05-01", ended="2025-06-10"),
        "2025-06-10",
        SINCE_ENTRY,
    ),
    elsewhere("Placed for adoption, with adoption the plan: with the adopters.", fostered("ADOPTION", "A6"), "2025-06-10"),
    elsewhere(
        "Adoption the plan, in a long-term foster placement: not with whom the plan means.",
        fostered("ADOPTION", "U4"),
        "2025-06-10",
        SINCE_ENTRY,
        detail="the plan is adoption",
    ),
    elsewhere(
        "At home with parents, and return home the plan: with the long-term carer.", fostered("RETURN6M", "P1"), "2025-06-10"
    ),
    elsewhere("Of a parallel plan, one option that is lived in will do.", fostered("RETURN6M LTFOST18", "P1"), "2025-06-10"),
    elsewhere(
        "Other the plan, living with relatives: only while special guardianship is being assessed.",
        fostered("OTHERPLN", "U3"),
        "2025-06-10",
        SINCE_ENTRY,
    ),
    elsewhere(
        "Other the plan, living with relatives, special guardianship being assessed: with the long-term carer.",
        fostered("OTHERPLN", "U3").explored("SGO", referred="2025-03-01"),
        "2025-06-10",
    ),
    elsewhere(
        "Without a plan, a long-term foster placement is the long-term home all the same.", without_plan("U1"), "2025-06-10"
    ),
    elsewhere(
        "Without a plan and elsewhere: no current plan.", without_plan("K2"), "2025-06-10", SINCE_ENTRY, detail="no current plan"
    ),
    elsewhere(
        "A placement that is not known is not the long-term home, and is marked.",
        cheshire_child().in_care("2024-11-01").plan("RESPLMT", "2025-03-01"),
        "2025-06-10",
        SINCE_ENTRY,
        detail="the plan is residential; placement not known",
    ),
    elsewhere(
        "Back in care: the wait begins again with the new period of care.",
        cheshire_child().in_care("2023-01-01", "2024-06-01", period="FIRST").in_care("2025-06-01", period="SECOND"),
        "2025-06-10",
        on("2025-06-01", "2025-06-01", 9),
    ),
)

SECURED_CASES = (
    unsecured(
        "Long-term foster placement, not matched: a long-term match is left, since the placement began.",
        fostered(kind="U4"),
        "2025-06-10",
        on("2025-02-01", "2025-02-01", 129),
        detail="with long-term foster carers: a long-term match",
    ),
    unsecured(
        "A foster placement that became the long-term one in the same home: since the home began.",
        cheshire_child()
        .in_care("2024-11-01")
        .plan("LTFOST18", "2025-03-01")
        .placement("U6", "2025-02-01", "2025-05-01", postcode="ZZ1 1AA")
        .placement("U4", "2025-05-01", postcode="ZZ1 1AA"),
        "2025-06-10",
        on("2025-02-01", "2025-02-01", 129),
        detail="with long-term foster carers: a long-term match",
    ),
    unsecured(
        "Matched and to be ratified tomorrow: the ratification is left.",
        fostered(kind="U4").finding_family("LTF", "2025-03-01", matched="2025-04-01", ratified="2025-06-11"),
        "2025-06-10",
        on("2025-02-01", "2025-02-01", 129),
        detail="with long-term foster carers: the ratification of the match",
    ),
    unsecured(
        "Ratified today: nothing is left.",
        fostered(kind="U4").finding_family("LTF", "2025-03-01", matched="2025-04-01", ratified="2025-06-10"),
        "2025-06-10",
    ),
    unsecured(
        "Proceedings that conclude tomorrow are left.",
        fostered(kind="U4")
        .finding_family("LTF", "2025-03-01", matched="2025-04-01", ratified="2025-06-10")
        .proceedings("2025-01-01", "2025-06-11"),
        "2025-06-10",
        on("2025-02-01", "2025-02-01", 129),
        detail="with long-term foster carers: the end of the care proceedings",
    ),
    unsecured(
        "Placed for adoption: the adoption order is left until the child is adopted.",
        fostered("ADOPTION", "A6"),
        "2025-06-10",
        on("2025-02-01", "2025-02-01", 129),
        detail="with adopters: the adoption order",
    ),
    unsecured(
        "At home under a full care order: its discharge is left.",
        fostered("RETURN6M", "P1").legal("C2", "2025-01-01"),
        "2025-06-10",
        on("2025-02-01", "2025-02-01", 129),
        detail="with parents: the discharge of the care order",
    ),
    unsecured(
        "A placement order still in force while the child lives with long-term foster carers: its revocation is left.",
        fostered(kind="U4")
        .finding_family("LTF", "2025-03-01", matched="2025-04-01", ratified="2025-04-01")
        .legal("E1", "2024-12-01"),
        "2025-06-10",
        on("2025-02-01", "2025-02-01", 129),
        detail="with long-term foster carers: the revocation of the placement order",
    ),
    unsecured(
        "With relatives, special guardianship being assessed: the order is left.",
        fostered("OTHERPLN", "U3").explored("SGO", referred="2025-03-01"),
        "2025-06-10",
        on("2025-02-01", "2025-02-01", 129),
        detail="with relatives or friends: the special guardianship or child arrangements order",
    ),
    unsecured("In the residential home that the plan means: nothing is left.", fostered("RESPLMT", "K2"), "2025-06-10"),
    unsecured("A child who does not live with the long-term carer is on the other list.", fostered(), "2025-06-10"),
)

NEXT_STEP_CASES = (
    drifting(
        "Long-term fostering the plan and nobody sought: nothing is under way since it became the plan.",
        fostered(),
        "2025-06-10",
        SINCE_PLAN,
        detail="first: a long-term match",
    ),
    drifting(
        "Family finding that starts tomorrow is not under way.",
        fostered().finding_family("LTF", "2025-06-11"),
        "2025-06-10",
        SINCE_PLAN,
    ),
    drifting("Family finding that starts today is.", fostered().finding_family("LTF", "2025-06-10"), "2025-06-10"),
    drifting(
        "An option referred today is a step under way.",
        fostered("RETURN6M").explored("RETURN_HOME", referred="2025-06-10"),
        "2025-06-10",
    ),
    drifting(
        "An option closed today is none any more.",
        fostered("RETURN6M").explored("RETURN_HOME", referred="2025-04-01", closed="2025-06-10"),
        "2025-06-10",
        SINCE_PLAN,
        detail="first: the move home",
    ),
    drifting(
        "An assessment that came out against the carer today is none any more.",
        fostered("RETURN6M").explored("RETURN_HOME", referred="2025-04-01", done="2025-06-10", outcome="Negative"),
        "2025-06-10",
        SINCE_PLAN,
    ),
    drifting(
        "An assessment in favour keeps the option under way until it is closed or ordered.",
        fostered("RETURN6M").explored("RETURN_HOME", referred="2025-04-01", done="2025-06-01", outcome="Positive"),
        "2025-06-10",
    ),
    drifting("Care proceedings are a step under way.", fostered().proceedings("2025-06-10"), "2025-06-10"),
    drifting(
        "An agency decision for adoption is one; reversed today, it is none.",
        fostered("ADOPTION").decided("2025-05-01", reversed="2025-06-10"),
        "2025-06-10",
        SINCE_PLAN,
        detail="first: a placement order and a match with adopters",
    ),
    drifting("An agency decision that stands is a step under way.", fostered("ADOPTION").decided("2025-05-01"), "2025-06-10"),
    drifting(
        "With a placement order, the match comes first.",
        fostered("ADOPTION").legal("E1", "2025-05-01"),
        "2025-06-10",
        SINCE_PLAN,
        detail="first: a match with adopters",
    ),
    drifting(
        "Without a plan since entry: a plan comes first.",
        without_plan("U6"),
        "2025-06-10",
        SINCE_ENTRY,
        detail="first: a plan for permanence",
    ),
    drifting("A child who lives with the long-term carer needs no next step.", fostered(kind="U4"), "2025-06-10"),
)
