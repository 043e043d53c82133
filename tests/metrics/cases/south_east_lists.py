"""The practice guidance's lists: section 20, parallel plans, ratified matches, and changes that ask for a meeting."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.kinds import on, rule_case
from tests.metrics.cases.south_east_child import guided

SETTINGS = {"policies": ("south_east",)}
presented = partial(rule_case, "entry_panel", settings=SETTINGS)
supervised = partial(rule_case, "supervision_of_plan", settings=SETTINGS)
section_20 = partial(rule_case, "section_20_12w", settings=SETTINGS)
parallel = partial(rule_case, "parallel_plan", settings=SETTINGS)
ratified = partial(rule_case, "ltf_unratified", settings=SETTINGS)
finding = partial(rule_case, "family_finding_started", settings=SETTINGS)
changed = partial(rule_case, "trigger_review_ppm", settings=SETTINGS)
reviewed_plan = partial(rule_case, "final_care_planning_review", settings=SETTINGS)
further = partial(rule_case, "further_review", settings=SETTINGS)


def in_care():
    return guided().in_care("2025-01-31", placement="H1")


def accommodated():
    return in_care().legal("V2", "2025-01-31")


def reviewed():
    return in_care().review("2025-02-27").review("2025-05-20")


def fostered():
    return in_care().placement("U6", "2025-01-31", id="H1")


def fostering():
    return fostered().plan("LTFOST18", "2025-03-01")


def finally_planned():
    """A final care planning meeting on 1 July, in proceedings issued on 3 February: 26 weeks are over on 4 August."""
    return in_care().court("2025-02-03").plan("RETURN6M", "2025-03-01").meeting("FINAL_CARE_PLANNING", "2025-07-01")


def with_relatives(placement="U3"):
    """Fostered by relatives or friends, to stay with them."""
    return in_care().placement(placement, "2025-01-31", id="H1").plan("LTRELFR", "2025-03-01")


def moved():
    one = in_care().placement("U6", "2025-01-31", "2025-03-31", id="H1").placement("U6", "2025-03-31", id="H2", urn="SC2")
    return one.in_care("2025-03-31", reason="P", placement="H2")


CASES = (
    finding("With adoption in the plan and no family finding, the child is on the list that day.",
            in_care().plan("ADOPTION", "2025-03-10"), "2025-03-10", on("2025-03-10", "2025-03-10", 0), detail="in the plan"),
    finding("The day before the plan the child is not.", in_care().plan("ADOPTION", "2025-03-10"), "2025-03-09"),
    finding("Family finding that started that day takes the child off.",
            in_care().plan("ADOPTION", "2025-03-10").family_finding("2025-03-30"), "2025-03-30"),
    finding("That of tomorrow does not.",
            in_care().plan("ADOPTION", "2025-03-10").family_finding("2025-03-31"), "2025-03-30", on("2025-03-10", "2025-03-10", 20)),
    finding("Started before the plan, while adoption was only thought of, it counts.",
            in_care().plan("ADOPTION", "2025-03-10").family_finding("2025-02-10"), "2025-03-30"),
    finding("Family finding before this period of care was for another.",
            in_care().plan("ADOPTION", "2025-03-10").family_finding("2025-01-30"), "2025-03-30", on("2025-03-10", "2025-03-10", 20)),
    finding("Family finding for foster carers is not for adoption.",
            in_care().plan("ADOPTION", "2025-03-10").family_finding("2025-03-20", "LTF"), "2025-03-30",
            on("2025-03-10", "2025-03-10", 20)),
    finding("An agency decision asks for it too, and the earlier of the two is the clock.",
            in_care().plan("ADOPTION", "2025-03-10").agency_decision("2025-03-05"), "2025-03-30", on("2025-03-05", "2025-03-05", 25),
            detail="in the plan, agency decision"),
    finding("So does a placement order without a plan.", in_care().legal("E1", "2025-03-20"), "2025-03-30",
            on("2025-03-20", "2025-03-20", 10), detail="placement order"),
    finding("Adoption that is explored as an option is under consideration, without a plan too.",
            in_care().option("ADOPTION", referred="2025-03-10"), "2025-03-10", on("2025-03-10", "2025-03-10", 0), detail="explored"),
    finding("The day before the referral it is not.", in_care().option("ADOPTION", referred="2025-03-10"), "2025-03-09"),
    finding("From the day on which the option is closed it is not any more.",
            in_care().option("ADOPTION", referred="2025-03-10", closed="2025-03-20"), "2025-03-20"),
    finding("The day before it is.", in_care().option("ADOPTION", referred="2025-03-10", closed="2025-03-20"), "2025-03-19",
            on("2025-03-10", "2025-03-10", 9)),
    finding("Explored before this period of care was for another.", in_care().option("ADOPTION", referred="2025-01-30"), "2025-03-30"),
    finding("Another option is not adoption.", in_care().option("SGO", referred="2025-03-10"), "2025-03-30"),
    finding("A child in an adoptive placement needs none.",
            guided().in_care("2025-01-31").placement("A6", "2025-01-31", id="H1").plan("ADOPTION", "2025-03-10"), "2025-03-30"),
    finding("A child with another plan is not asked about.", in_care().plan("LTFOST18", "2025-03-10"), "2025-03-30"),
    supervised(
        "On 30 April, three months after entry on 31 January, a child in proceedings is not on the list: it is not more than three.",
        in_care().court("2025-02-03"), "2025-04-30",
    ),
    supervised(
        "On 1 May the child is, one day over.",
        in_care().court("2025-02-03"), "2025-05-01", on("2025-01-31", "2025-04-30", 1),
        detail="in care proceedings; no supervision recorded",
    ),
    supervised(
        "Supervision starts the three months again.",
        in_care().court("2025-02-03").note("SUPERVISION", "2025-02-28"), "2025-05-29", on("2025-02-28", "2025-05-28", 1),
        detail="in care proceedings",
    ),
    supervised(
        "Supervision of tomorrow does not count yet.",
        in_care().court("2025-02-03").note("SUPERVISION", "2025-05-02"), "2025-05-01", on("2025-01-31", "2025-04-30", 1),
    ),
    supervised(
        "Another note is no supervision.",
        in_care().court("2025-02-03").note("MANAGEMENT_DECISION", "2025-04-01"), "2025-05-01", on("2025-01-31", "2025-04-30", 1),
    ),
    supervised(
        "On the day that proceedings conclude, nothing is asked.",
        in_care().court("2025-02-03", concluded="2025-05-01"), "2025-05-01",
    ),
    supervised(
        "An unaccompanied child is asked about too.",
        in_care().immigration("UASC", "2025-01-31"), "2025-05-01", on("2025-01-31", "2025-04-30", 1),
        detail="unaccompanied; no supervision recorded",
    ),
    supervised("A child in no proceedings is not.", in_care().legal("V2", "2025-01-31"), "2025-04-30"),
    presented(
        "On the day that section 20 begins, a child who was not presented is on the list.",
        accommodated(), "2025-01-31", on("2025-01-31", "2025-01-31", 0), detail="never presented to the panel",
    ),
    presented(
        "The clock is the start of section 20, not entry to care.",
        in_care().legal("V2", "2025-02-10"), "2025-02-12", on("2025-02-10", "2025-02-10", 2),
    ),
    presented("The day before section 20 begins, there is nothing to ask.", in_care().legal("V2", "2025-02-10"), "2025-02-09"),
    presented("A panel held today takes the child off.", accommodated().meeting("ENTRY_TO_CARE_PANEL", "2025-02-05"), "2025-02-05"),
    presented(
        "A panel of tomorrow does not yet.",
        accommodated().meeting("ENTRY_TO_CARE_PANEL", "2025-02-06"), "2025-02-05", on("2025-01-31", "2025-01-31", 5),
    ),
    presented(
        "A panel of this period of care before section 20 began counts.",
        in_care().legal("V2", "2025-02-10").meeting("ENTRY_TO_CARE_PANEL", "2025-02-03"), "2025-02-12",
    ),
    presented(
        "A panel before entry to care does not.",
        accommodated().meeting("ENTRY_TO_CARE_PANEL", "2025-01-30"), "2025-02-05", on("2025-01-31", "2025-01-31", 5),
    ),
    presented(
        "A panel that is booked does not.",
        accommodated().meeting("ENTRY_TO_CARE_PANEL", "2025-02-05", "BOOKED"), "2025-02-05", on("2025-01-31", "2025-01-31", 5),
    ),
    section_20(
        "On 25 April, twelve weeks after 31 January, the child is not yet on the list: it is not more than twelve.",
        accommodated(), "2025-04-25",
    ),
    section_20(
        "On 26 April the child is on the list, one day over.",
        accommodated(), "2025-04-26", on("2025-01-31", "2025-04-25", 1), detail="no entry to care panel held",
    ),
    section_20(
        "The day after, the child is two days over.",
        accommodated(), "2025-04-27", on("2025-01-31", "2025-04-25", 2),
    ),
    section_20(
        "A panel the day before the twelfth week is the one at entry.",
        accommodated().meeting("ENTRY_TO_CARE_PANEL", "2025-04-17"), "2025-04-26", on("2025-01-31", "2025-04-25", 1),
        detail="entry to care panel held at entry, not since",
    ),
    section_20(
        "A panel on the first day of the twelfth week counts.",
        accommodated().meeting("ENTRY_TO_CARE_PANEL", "2025-04-18"), "2025-04-26",
    ),
    section_20(
        "A panel of tomorrow does not count yet.",
        accommodated().meeting("ENTRY_TO_CARE_PANEL", "2025-04-27"), "2025-04-26", on("2025-01-31", "2025-04-25", 1),
    ),
    section_20(
        "On the day that a care order takes its place, section 20 is over.",
        in_care().legal("V2", "2025-01-31", "2025-04-26").legal("C2", "2025-04-26"), "2025-04-26",
    ),
    section_20(
        "The day before a care order takes its place, section 20 that is left open still stands.",
        accommodated().legal("C1", "2025-04-27"), "2025-04-26", on("2025-01-31", "2025-04-25", 1),
    ),
    section_20(
        "From the day of the order on it is over, ended by the record or not.", accommodated().legal("C1", "2025-04-26"), "2025-04-26",
    ),
    section_20(
        "When the order has ended, section 20 that is still open stands again.",
        accommodated().legal("C1", "2025-03-03", "2025-04-26"), "2025-04-26", on("2025-01-31", "2025-04-25", 1),
    ),
    section_20(
        "The day before the order ends, it does not.", accommodated().legal("C1", "2025-03-03", "2025-04-27"), "2025-04-26",
    ),
    section_20(
        "A care order that began on the same day says nothing of which of the two is over, so the child stays on the list.",
        accommodated().legal("C2", "2025-01-31"), "2025-04-26", on("2025-01-31", "2025-04-25", 1),
    ),
    section_20(
        "Nor does an older order that was left open.",
        guided().in_care("2025-01-20", placement="H1").legal("C2", "2025-01-20").legal("V2", "2025-01-31"), "2025-04-26",
        on("2025-01-31", "2025-04-25", 1),
    ),
    section_20(
        "A care order renewed after section 20 began is the older order.",
        guided().in_care("2025-01-20", placement="H1").legal("C1", "2025-01-20", "2025-03-20").legal("C1", "2025-03-20")
        .legal("V2", "2025-01-31"), "2025-04-26", on("2025-01-31", "2025-04-25", 1),
    ),
    section_20(
        "A placement order ends no agreement that its record does not end.",
        accommodated().legal("E1", "2025-03-03"), "2025-04-26", on("2025-01-31", "2025-04-25", 1),
    ),
    section_20(
        "Section 20 entered again the next day is one arrangement.",
        in_care().legal("V2", "2025-01-31", "2025-03-01").legal("V2", "2025-03-02"), "2025-04-26",
        on("2025-01-31", "2025-04-25", 1),
    ),
    parallel(
        "A child with one option is on the list since it became the plan.",
        fostering(), "2025-03-05", on("2025-03-01", "2025-03-01", 4),
        detail="one option: long term fostering; second review to come",
    ),
    parallel(
        "Two options in the plan are a primary and a contingency.",
        fostering().plan("LTFOST18 ADOPTION", "2025-03-05"), "2025-03-05",
    ),
    parallel(
        "After the second review the detail no longer says that it is to come.",
        reviewed().plan("RETURN6M", "2025-02-01"), "2025-05-20", on("2025-02-01", "2025-02-01", 108),
        detail="one option: return home",
    ),
    parallel(
        "A primary and a contingency option being explored are two.",
        fostering().explored("LTF", True, "2025-03-02").explored("SGO", False, "2025-03-05"), "2025-03-05",
    ),
    parallel(
        "Until the contingency is explored there is one.",
        fostering().explored("LTF", True, "2025-03-02").explored("SGO", False, "2025-03-06"), "2025-03-05",
        on("2025-03-01", "2025-03-01", 4),
    ),
    parallel(
        "A contingency closed today is none.",
        fostering().explored("LTF", True, "2025-03-02").explored("SGO", False, "2025-03-02", closed="2025-03-05"),
        "2025-03-05", on("2025-03-01", "2025-03-01", 4),
    ),
    parallel(
        "A contingency whose assessment comes out against the carer today is none any more.",
        fostering().explored("LTF", True, "2025-03-02")
        .explored("SGO", False, "2025-03-02", assessed="2025-03-05", outcome="Not viable"),
        "2025-03-05", on("2025-03-01", "2025-03-01", 4),
    ),
    parallel(
        "The day before it still is.",
        fostering().explored("LTF", True, "2025-03-02")
        .explored("SGO", False, "2025-03-02", assessed="2025-03-06", outcome="Not viable"),
        "2025-03-05",
    ),
    parallel(
        "One that comes out for the carer goes on being one.",
        fostering().explored("LTF", True, "2025-03-02")
        .explored("SGO", False, "2025-03-02", assessed="2025-03-05", outcome="Positive"),
        "2025-03-05",
    ),
    parallel(
        "An option of which nothing says whether it is the primary one is neither.",
        fostering().explored("LTF", True, "2025-03-02").explored("SGO", None, "2025-03-02"), "2025-03-05",
        on("2025-03-01", "2025-03-01", 4),
    ),
    parallel(
        "Two primary options and no contingency leave the child on the list.",
        fostering().explored("LTF", True, "2025-03-02").explored("SGO", True, "2025-03-02"), "2025-03-05",
        on("2025-03-01", "2025-03-01", 4),
    ),
    parallel(
        "With a long-term match ratified today, permanence is attained.",
        fostering().match("LTF", "2025-03-02", ratified="2025-03-05"), "2025-03-05",
    ),
    parallel(
        "Placed for adoption today, permanence is attained.",
        in_care().placement("A5", "2025-03-05", id="H1").plan("ADOPTION", "2025-03-01"), "2025-03-05",
    ),
    parallel(
        "In early permanence it is not.",
        in_care().placement("U5", "2025-03-05", id="H1").plan("ADOPTION", "2025-03-01"), "2025-03-05",
        on("2025-03-01", "2025-03-01", 4),
    ),
    parallel(
        "At home under a care order that the panel has ratified, permanence is attained.",
        in_care().placement("P1", "2025-03-01", id="H1").legal("C2", "2025-01-31").plan("RETURN6M", "2025-03-01")
        .meeting("PERMANENCE_PANEL", "2025-03-05"),
        "2025-03-05",
    ),
    parallel(
        "Until the panel has ratified it, it is not.",
        in_care().placement("P1", "2025-03-01", id="H1").legal("C2", "2025-01-31").plan("RETURN6M", "2025-03-01")
        .meeting("PERMANENCE_PANEL", "2025-03-06"),
        "2025-03-05", on("2025-03-01", "2025-03-01", 4),
    ),
    parallel(
        "A child with no plan is on the list since entry.",
        in_care(), "2025-02-02", on("2025-01-31", "2025-01-31", 2), detail="no plan; second review to come",
    ),
    ratified(
        "The day before long-term fostering becomes the plan, the child is not on the list.",
        fostering(), "2025-02-28",
    ),
    ratified(
        "On the day it does, the child is.",
        fostering(), "2025-03-01", on("2025-03-01", "2025-03-01", 0), detail="not matched",
    ),
    ratified(
        "A move afterwards starts the clock with the new home.",
        moved().plan("LTFOST18", "2025-03-01"), "2025-04-01", on("2025-03-31", "2025-03-31", 1),
    ),
    ratified(
        "Matched but not ratified, the child stays on the list.",
        fostering().match("LTF", "2025-03-02"), "2025-03-05", on("2025-03-01", "2025-03-01", 4),
        detail="matched, not ratified",
    ),
    ratified(
        "Ratified today, the child is off it.",
        fostering().legal("V2", "2025-01-31").match("LTF", "2025-03-02", ratified="2025-03-05"), "2025-03-05",
    ),
    ratified(
        "A match that ended today does not count.",
        fostering().match("LTF", "2025-03-02", ratified="2025-03-03", ended="2025-03-05"), "2025-03-05",
        on("2025-03-01", "2025-03-01", 4), detail="not matched",
    ),
    ratified(
        "A match that was ratified with other carers, whom the child has left, is none with these.",
        moved().plan("LTFOST18", "2025-03-01").match("LTF", "2025-03-02", ratified="2025-03-03", placement="H1"), "2025-04-01",
        on("2025-03-31", "2025-03-31", 1), detail="not matched",
    ),
    ratified(
        "Another code of the placement in the same home does not start the clock again.",
        in_care().placement("U6", "2025-01-31", "2025-03-10", id="H1", postcode="ZZ1 1AA")
        .placement("U4", "2025-03-10", postcode="ZZ1 1AA").plan("LTFOST18", "2025-03-01"), "2025-04-01",
        on("2025-03-01", "2025-03-01", 31),
    ),
    ratified(
        "To stay with relatives or friends who foster the child is long-term fostering too.",
        with_relatives(), "2025-03-01", on("2025-03-01", "2025-03-01", 0), detail="not matched",
    ),
    ratified("The day before that is the plan it is not.", with_relatives(), "2025-02-28"),
    ratified(
        "A match with them that is ratified today takes the child off.",
        with_relatives("U1").legal("C2", "2025-02-10").match("LTF", "2025-03-02", ratified="2025-03-05"), "2025-03-05",
    ),
    ratified(
        "One that is ratified tomorrow does not yet.",
        with_relatives("U1").legal("C2", "2025-02-10").match("LTF", "2025-03-02", ratified="2025-03-06"), "2025-03-05",
        on("2025-03-01", "2025-03-01", 4), detail="matched, not ratified",
    ),
    ratified("A plan to live with relatives while others foster the child is no long-term fostering.", with_relatives("U6"), "2025-03-05"),
    ratified("Nor is it at a relative's that is no foster placement.", with_relatives("Z1"), "2025-03-05"),
    ratified(
        "Ratified the day before the care order, under an interim one, it is not agreed.",
        fostering().legal("C1", "2025-01-31", "2025-03-04").legal("C2", "2025-03-04")
        .match("LTF", "2025-03-02", ratified="2025-03-03"), "2025-03-05",
        on("2025-03-01", "2025-03-01", 4), detail="ratified before a care order",
    ),
    ratified(
        "On the day of the care order it is.",
        fostering().legal("C1", "2025-01-31", "2025-03-04").legal("C2", "2025-03-04")
        .match("LTF", "2025-03-02", ratified="2025-03-04"), "2025-03-05",
    ),
    ratified(
        "Ratified again after the care order, it is agreed.",
        fostering().legal("C1", "2025-01-31", "2025-03-04").legal("C2", "2025-03-04")
        .match("LTF", "2025-03-02", ratified="2025-03-03").match("LTF", "2025-03-02", ratified="2025-03-05"), "2025-03-05",
    ),
    ratified(
        "With no legal status recorded on the day nobody knows that it was.",
        fostering().match("LTF", "2025-03-02", ratified="2025-03-05"), "2025-03-05",
        on("2025-03-01", "2025-03-01", 4), detail="ratified before a care order",
    ),
    ratified(
        "A child in a children's home is not on the list.",
        in_care().placement("K2", "2025-01-31", id="H1").plan("LTFOST18", "2025-03-01"), "2025-03-05",
    ),
    changed(
        "The day before the move there is nothing to ask.",
        moved(), "2025-03-30",
    ),
    changed(
        "On the day of the move the child is on the list.",
        moved(), "2025-03-31", on("2025-03-31", "2025-03-31", 0), detail="placement move",
    ),
    changed(
        "A meeting on the day of the move answers it.",
        moved().meeting("PPM", "2025-03-31"), "2025-03-31",
    ),
    changed(
        "A meeting the day before does not.",
        moved().meeting("PPM", "2025-03-30"), "2025-04-01", on("2025-03-31", "2025-03-31", 1),
    ),
    changed(
        "A booked meeting does not.",
        moved().meeting("PPM", "2025-04-10", "BOOKED"), "2025-04-11", on("2025-03-31", "2025-03-31", 11),
    ),
    changed(
        "The first of two unanswered changes is the clock.",
        moved().event("CHANGE_OF_CIRCUMSTANCES", "2025-03-10"), "2025-03-31", on("2025-03-10", "2025-03-10", 21),
        detail="change of circumstances, placement move",
    ),
    changed(
        "A change that a meeting has answered is done with.",
        moved().event("CHANGE_OF_CIRCUMSTANCES", "2025-03-10").meeting("PPM", "2025-03-12"), "2025-03-31",
        on("2025-03-31", "2025-03-31", 0), detail="placement move",
    ),
    changed(
        "A change before entry to care asks for nothing.",
        in_care().event("CHANGE_OF_CIRCUMSTANCES", "2025-01-30"), "2025-02-01",
    ),
    changed(
        "The first placement is no move.",
        fostered(), "2025-02-01",
    ),
    changed(
        "A plan with other options, and no meeting since, asks for one.",
        fostering().plan("ADOPTION", "2025-04-10"), "2025-04-10", on("2025-04-10", "2025-04-10", 0), detail="change of plan",
    ),
    changed("The first plan is no change.", fostering(), "2025-03-05"),
    changed(
        "The same options typed again are no change.",
        fostering().plan("LTFOST18", "2025-04-10"), "2025-04-10",
    ),
    changed(
        "A meeting 28 days before the new plan led to it.",
        fostering().meeting("PPM", "2025-03-13").plan("ADOPTION", "2025-04-10"), "2025-04-10",
    ),
    changed(
        "A meeting 29 days before did not.",
        fostering().meeting("PPM", "2025-03-12").plan("ADOPTION", "2025-04-10"), "2025-04-10", on("2025-04-10", "2025-04-10", 0),
    ),
    changed(
        "The outcome of an assessment asks for a meeting from the day on which it ended.",
        fostered().explored("SGO", True, "2025-02-01", assessed="2025-03-20", outcome="Negative"), "2025-03-20",
        on("2025-03-20", "2025-03-20", 0), detail="outcome of an assessment",
    ),
    changed(
        "The day before it does not.",
        fostered().explored("SGO", True, "2025-02-01", assessed="2025-03-20", outcome="Negative"), "2025-03-19",
    ),
    changed(
        "An assessment that has ended with no outcome asks for nothing.",
        fostered().explored("SGO", True, "2025-02-01", assessed="2025-03-20"), "2025-03-20",
    ),
    changed(
        "Proceedings issued on 3 February pass 26 weeks on 4 August.",
        fostered().court("2025-02-03"), "2025-08-04", on("2025-08-04", "2025-08-04", 0), detail="proceedings passed 26 weeks",
    ),
    changed("The day before they have not.", fostered().court("2025-02-03"), "2025-08-03"),
    changed("Proceedings that end on that day have not.", fostered().court("2025-02-03", concluded="2025-08-04"), "2025-08-04"),
    changed(
        "A meeting on that day answers it.",
        fostered().court("2025-02-03").meeting("PPM", "2025-08-04"), "2025-08-04",
    ),
    reviewed_plan("With nothing changed since the final care planning meeting, none other is asked for.", finally_planned(), "2025-08-03"),
    reviewed_plan(
        "On the day that proceedings pass 26 weeks, one is.", finally_planned(), "2025-08-04", on("2025-08-04", "2025-08-04", 0),
        detail="proceedings passed 26 weeks",
    ),
    reviewed_plan("A meeting of that day answers it.", finally_planned().meeting("FINAL_CARE_PLANNING", "2025-08-04"), "2025-08-05"),
    reviewed_plan(
        "One of the day before does not.", finally_planned().meeting("FINAL_CARE_PLANNING", "2025-08-03"), "2025-08-05",
        on("2025-08-04", "2025-08-04", 1),
    ),
    reviewed_plan(
        "Another planning meeting does not either.", finally_planned().meeting("PPM", "2025-08-04"), "2025-08-05",
        on("2025-08-04", "2025-08-04", 1),
    ),
    reviewed_plan(
        "A plan with other options 29 days after the meeting asks for another.",
        finally_planned().plan("ADOPTION", "2025-07-30"), "2025-07-30", on("2025-07-30", "2025-07-30", 0), detail="change of plan",
    ),
    reviewed_plan("One 28 days after is what the meeting led to.", finally_planned().plan("ADOPTION", "2025-07-29"), "2025-07-30"),
    reviewed_plan(
        "The outcome of an assessment asks for one from the day on which it is known.",
        finally_planned().explored("SGO", True, "2025-04-01", assessed="2025-07-02", outcome="Negative"), "2025-07-02",
        on("2025-07-02", "2025-07-02", 0), detail="outcome of an assessment",
    ),
    reviewed_plan(
        "One that was known on the day of the meeting does not.",
        finally_planned().explored("SGO", True, "2025-04-01", assessed="2025-07-01", outcome="Negative"), "2025-07-03",
    ),
    reviewed_plan(
        "The day before proceedings conclude it is still asked for.",
        finally_planned().plan("ADOPTION", "2025-07-30").concluded("2025-08-05"), "2025-08-04", on("2025-07-30", "2025-07-30", 5),
    ),
    reviewed_plan(
        "On the day that they do, nothing is.",
        finally_planned().plan("ADOPTION", "2025-07-30").concluded("2025-08-04"), "2025-08-04",
    ),
    reviewed_plan(
        "With no final care planning meeting there is none to review.",
        in_care().court("2025-02-03").plan("RETURN6M", "2025-03-01"), "2025-08-05",
    ),
    further(
        "The outcome of an assessment after the second review asks for a further one from the day on which it is known.",
        reviewed().explored("SGO", True, "2025-04-01", assessed="2025-06-10", outcome="Positive"), "2025-06-10",
        on("2025-06-10", "2025-06-10", 0), detail="outcome of an assessment",
    ),
    further(
        "The day before it does not.",
        reviewed().explored("SGO", True, "2025-04-01", assessed="2025-06-10", outcome="Positive"), "2025-06-09",
    ),
    further(
        "A review of that day has discussed it.",
        reviewed().explored("SGO", True, "2025-04-01", assessed="2025-06-10", outcome="Positive").review("2025-06-10"), "2025-06-11",
    ),
    further(
        "One of the day before had not.",
        reviewed().explored("SGO", True, "2025-04-01", assessed="2025-06-10", outcome="Positive").review("2025-06-09"), "2025-06-11",
        on("2025-06-10", "2025-06-10", 1),
    ),
    further(
        "An assessment that ended on the day of the second review was in time for it.",
        reviewed().explored("SGO", True, "2025-04-01", assessed="2025-05-20", outcome="Positive"), "2025-06-10",
    ),
    further(
        "One that ended the day after was not.",
        reviewed().explored("SGO", True, "2025-04-01", assessed="2025-05-21", outcome="Positive"), "2025-06-10",
        on("2025-05-21", "2025-05-21", 20),
    ),
    further(
        "Before the second review nothing is asked.",
        in_care().review("2025-02-27").explored("SGO", True, "2025-03-01", assessed="2025-06-10", outcome="Positive"), "2025-06-10",
    ),
    further(
        "A plan with other options, 29 days after the second review, asks for a further one.",
        reviewed().plan("RETURN6M", "2025-03-01").plan("ADOPTION", "2025-06-18"), "2025-06-18", on("2025-06-18", "2025-06-18", 0),
        detail="change of plan",
    ),
    further(
        "One 28 days after it is what the review led to.",
        reviewed().plan("RETURN6M", "2025-03-01").plan("ADOPTION", "2025-06-17"), "2025-06-18",
    ),
    further(
        "The same options typed again are no other plan.",
        reviewed().plan("RETURN6M", "2025-03-01").plan("RETURN6M", "2025-08-18"), "2025-08-18",
    ),
    further(
        "A review that was cancelled was not held.",
        reviewed().explored("SGO", True, "2025-04-01", assessed="2025-06-10", outcome="Positive")
        .review("2025-06-12", cancelled=True), "2025-06-13", on("2025-06-10", "2025-06-10", 3),
    ),
    further(
        "A move is no outcome.",
        moved().review("2025-02-10").review("2025-02-27"), "2025-06-10",
    ),
    changed(
        "A stability concern is no change of circumstances.",
        in_care().event("STABILITY_CONCERN", "2025-02-01"), "2025-02-01",
    ),
)  # fmt: skip
