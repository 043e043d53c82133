"""Slough's aims: pre-proceedings, proceedings, placement orders, matches, plans."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.kinds import on, rule_case
from tests.metrics.cases.national_child import national

SETTINGS = {"policies": ("slough",)}
before_court = partial(rule_case, "pre_proceedings_16w", settings=SETTINGS)
in_court = partial(rule_case, "proceedings_26w", settings=SETTINGS)
ordered = partial(rule_case, "placement_order_4m", settings=SETTINGS)
unmatched = partial(rule_case, "ltf_unmatched", settings=SETTINGS)
no_plan = partial(rule_case, "plan_confirmed_6m", settings=SETTINGS)
SIXTEEN = on("2025-01-31", "2025-05-23", 1)
HALF_A_YEAR = on("2025-01-31", "2025-08-01", 1)
PLANNED = on("2025-03-10", "2025-03-10", 20)


def in_care(born="2015-05-10"):
    return national(born=born).in_care("2025-01-31")


def with_order():
    return national().in_care("2023-06-01").legal("E1", "2024-10-31")


def long_term():
    return in_care().placement("U4", "2025-02-10")


CASES = (
    before_court(
        "On 23 May, sixteen weeks after the decision of 31 January, a child is not yet on the list: it is not more than sixteen.",
        national().before_court("2025-01-31"), "2025-05-23",
    ),
    before_court(
        "On 24 May a child who is not in care is on the list, one day over.",
        national().before_court("2025-01-31"), "2025-05-24", SIXTEEN, detail="not in care",
    ),
    before_court(
        "A child in care is on the list in the same way; the day after, two days over.",
        in_care().before_court("2025-01-31"), "2025-05-25", on("2025-01-31", "2025-05-23", 2), detail="in care",
    ),
    before_court(
        "Pre-proceedings that step down or go to issue that very day have ended.",
        national().before_court("2025-01-31", "2025-05-24"), "2025-05-24",
    ),
    before_court(
        "An end dated tomorrow does not count yet.",
        national().before_court("2025-01-31", "2025-05-25"), "2025-05-24", SIXTEEN,
    ),
    before_court(
        "Proceedings issued that day end them, though the record was left open.",
        national().before_court("2025-01-31").proceedings("2025-05-24"), "2025-05-24",
    ),
    before_court(
        "Proceedings to be issued tomorrow do not yet.",
        national().before_court("2025-01-31").proceedings("2025-05-25"), "2025-05-24", SIXTEEN, detail="not in care",
    ),
    before_court(
        "Proceedings of before the decision do not end it.",
        national().before_court("2025-01-31").proceedings("2025-01-30", "2025-02-10"), "2025-05-24", SIXTEEN,
    ),
    before_court(
        "Of two decisions that are both open, the clock starts with the earlier.",
        national().before_court("2025-03-01").before_court("2025-01-31"), "2025-05-24", SIXTEEN,
    ),
    before_court(
        "On the 18th birthday nobody is on the list.",
        national(born="2007-05-23").before_court("2025-01-31"), "2025-05-24",
    ),
    in_court(
        "On 1 August, 26 weeks after the issue of 31 January, a child is not yet on the list: it is no more than 26.",
        in_care().proceedings("2025-01-31"), "2025-08-01",
    ),
    in_court(
        "On 2 August the child is on the list, one day over.",
        in_care().proceedings("2025-01-31"), "2025-08-02", HALF_A_YEAR, detail="in care",
    ),
    in_court(
        "So is a child in proceedings who lives at home and is not in care.",
        national().proceedings("2025-01-31"), "2025-08-02", HALF_A_YEAR, detail="not in care",
    ),
    in_court(
        "Proceedings that conclude that day are not in force.",
        in_care().proceedings("2025-01-31", "2025-08-02"), "2025-08-02",
    ),
    in_court(
        "The clock is the earliest issue that has not concluded: an earlier set that has does not count.",
        in_care().proceedings("2024-06-01", "2025-01-30").proceedings("2025-03-01").proceedings("2025-01-31"), "2025-08-02", HALF_A_YEAR,
    ),
    in_court(
        "Without the extract of proceedings nothing is said, interim care order or not.",
        in_care().legal("C1", "2025-01-31"), "2025-08-02", without=("local_care_proceedings",),
    ),
    ordered(
        "Four months after an order of 31 October is 28 February: on 27 February the child is not on the list.",
        with_order(), "2025-02-27",
    ),
    ordered(
        "Four months after an order of 31 October, on 28 February, the child is on the list.",
        with_order(), "2025-02-28", on("2024-10-31", "2025-02-28", 0), detail="not matched; placement not known",
    ),
    ordered(
        "A child who has moved in with adopters is on the list until the adoption.",
        with_order().placement("A6", "2025-02-28"), "2025-02-28", on("2024-10-31", "2025-02-28", 0), detail="placed for adoption",
    ),
    ordered(
        "Adopted that day, the child is in care no more.",
        national().adopted("2023-06-01", "2025-02-28").legal("E1", "2024-10-31", "2025-02-28"), "2025-02-28",
    ),
    ordered(
        "A child to move in tomorrow is matched today.",
        with_order().placement("U6", "2024-01-01").placement("A6", "2025-03-01").permanence(matched="2025-02-20"), "2025-02-28",
        on("2024-10-31", "2025-02-28", 0), detail="matched",
    ),
    ordered(
        "Early permanence carers are foster carers until the child is placed for adoption.",
        with_order().placement("U5", "2024-01-01"), "2025-03-01", on("2024-10-31", "2025-02-28", 1), detail="early permanence",
    ),
    unmatched(
        "A child in a long-term foster placement with no match is on the list from the day of moving in.",
        long_term(), "2025-02-10", on("2025-02-10", "2025-02-10", 0), detail="long-term foster placement, not the plan",
    ),
    unmatched(
        "The day before the move there is nothing to match.",
        long_term(), "2025-02-09",
    ),
    unmatched(
        "Where both apply, the clock is the later of the placement's start and the plan's.",
        long_term().plan("LTFOST18", "2025-03-10"), "2025-03-30", PLANNED, detail="long-term foster placement, and the plan",
    ),
    unmatched(
        "A plan alone is enough.",
        in_care().placement("U6", "2025-01-31").plan("LTFOST18", "2025-03-10"), "2025-03-30", PLANNED,
        detail="the plan, not in a long-term foster placement",
    ),
    unmatched(
        "A match of that day takes the child off the list, ratified or not.",
        long_term().match("LTF", "2025-03-30"), "2025-03-30",
    ),
    unmatched(
        "A match of the day after does not.",
        long_term().match("LTF", "2025-03-31"), "2025-03-30", on("2025-02-10", "2025-02-10", 48),
    ),
    unmatched(
        "A match that ended that day leaves the child unmatched again.",
        long_term().match("LTF", "2025-02-20", ended="2025-03-30"), "2025-03-30", on("2025-02-10", "2025-02-10", 48),
    ),
    unmatched(
        "A match is with the carers of the placement that it names: with others, the child is unmatched, though its record was left open.",
        in_care().placement("U4", "2025-01-31", "2025-03-01", id="FIRST").match("LTF", "2025-02-20", placement="FIRST")
        .placement("U4", "2025-03-01"), "2025-03-30", on("2025-03-01", "2025-03-01", 29),
        detail="long-term foster placement, not the plan",
    ),
    unmatched(
        "Another record of the placement in the same home does not start the clock again; nor does a foster placement before it.",
        in_care().placement("U6", "2025-01-31", "2025-02-10", postcode="ZZ1 1AA")
        .placement("U4", "2025-02-10", "2025-03-10", postcode="ZZ1 1AA").placement("U4", "2025-03-10", postcode="ZZ1 1AA"),
        "2025-03-30", on("2025-02-10", "2025-02-10", 48),
    ),
    unmatched(
        "A placement that is recorded from before entry to care counts from entry.",
        in_care().placement("U4", "2025-01-20"), "2025-02-10", on("2025-01-31", "2025-01-31", 10),
    ),
    unmatched(
        "A match from an earlier period of care does not count.",
        national().in_care("2025-02-10").placement("U4", "2025-02-10").match("LTF", "2025-02-09"), "2025-03-30",
        on("2025-02-10", "2025-02-10", 48),
    ),
    no_plan(
        "The day before six months in care, a child without a plan is not on the list.",
        national().in_care("2025-08-31"), "2026-02-27",
    ),
    no_plan(
        "Six months after entry on 31 August, on 28 February, a child without a plan is on the list.",
        national().in_care("2025-08-31"), "2026-02-28", on("2025-08-31", "2026-02-28", 0), detail="no plan recorded",
    ),
    no_plan(
        "A plan that ended that day leaves the child without one, counted from entry to care.",
        national().in_care("2025-08-31").plan("ADOPTION", "2025-10-01", "2026-03-01"), "2026-03-01",
        on("2025-08-31", "2026-02-28", 1), detail="plan ended",
    ),
    no_plan(
        "A plan that begins that day takes the child off.",
        national().in_care("2025-08-31").plan("OTHERPLN", "2026-02-28"), "2026-02-28",
    ),
    no_plan(
        "A young person with a pathway plan is on Slough's list all the same.",
        national(born="2009-01-01").in_care("2025-08-31").pathway_plan("2025-12-01"), "2026-02-28",
        on("2025-08-31", "2026-02-28", 0),
    ),
    no_plan(
        "After coming back into care the six months begin anew.",
        national().in_care("2024-01-01", "2025-06-01", period="FIRST").in_care("2025-08-31", period="SECOND"), "2026-02-27",
    ),
)  # fmt: skip
