"""The practice guidance's lists: section 20, parallel plans, ratified matches, and changes that ask for a meeting."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.kinds import on, rule_case
from tests.metrics.cases.south_east_child import guided

SETTINGS = {"policies": ("south_east",)}
section_20 = partial(rule_case, "section_20_12w", settings=SETTINGS)
parallel = partial(rule_case, "parallel_plan", settings=SETTINGS)
ratified = partial(rule_case, "ltf_unratified", settings=SETTINGS)
changed = partial(rule_case, "trigger_review_ppm", settings=SETTINGS)


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


def moved():
    one = in_care().placement("U6", "2025-01-31", "2025-03-31", id="H1").placement("U6", "2025-03-31", id="H2", urn="SC2")
    return one.in_care("2025-03-31", reason="P", placement="H2")


CASES = (
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
        "Two primary options and no contingency leave the child on the list.",
        fostering().explored("LTF", True, "2025-03-02").explored("SGO", True, "2025-03-02"), "2025-03-05",
        on("2025-03-01", "2025-03-01", 4),
    ),
    parallel(
        "With a long-term match ratified today, permanence is attained.",
        fostering().match("LTF", "2025-03-02", ratified="2025-03-05"), "2025-03-05",
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
        fostering().match("LTF", "2025-03-02", ratified="2025-03-05"), "2025-03-05",
    ),
    ratified(
        "A match that ended today does not count.",
        fostering().match("LTF", "2025-03-02", ratified="2025-03-03", ended="2025-03-05"), "2025-03-05",
        on("2025-03-01", "2025-03-01", 4), detail="not matched",
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
        "A stability concern is no change of circumstances.",
        in_care().event("STABILITY_CONCERN", "2025-02-01"), "2025-02-01",
    ),
)  # fmt: skip
