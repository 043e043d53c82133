"""Cheshire East: adoption considered, long with the same carers, and the Permanency Planning Progress form."""

from __future__ import annotations

from functools import partial

from tests.metrics.cases.cheshire_east_child import cheshire_child
from tests.metrics.cases.kinds import on, rule_case

considered = partial(rule_case, "over_three_not_considered")
settled = partial(rule_case, "long_with_carers")
started = partial(rule_case, "ppp_not_started")
kept_up = partial(rule_case, "ppp_stale")
DAY = "2025-06-10"


def planned(ticks="LTFOST18", born="2015-05-10", since="2025-04-01"):
    return cheshire_child(born).in_care("2025-03-01").plan(ticks, since)


def fostered(end=None, **home):
    return cheshire_child().in_care("2023-03-01").placement("U6", "2023-06-10", end, id="HOME", **home)


def advised(kind="LEGAL_PLANNING", on="2025-04-01"):
    return cheshire_child().in_care("2025-03-01").meeting(kind, on)


def form(**days):
    """Entered care on 31 January 2025: with no review, the second is due by 28 May."""
    return cheshire_child().in_care("2025-01-31").explored("SGO", **days)


CONSIDERED = (
    considered("A plan for long-term fostering and no agency decision: since the plan.", planned(), DAY,
               on("2025-04-01", "2025-04-01", 70), detail="long term fostering"),
    considered("On the third birthday the child is on the list, since that day.", planned(born="2022-06-10"), DAY,
               on("2025-06-10", "2025-06-10", 0)),
    considered("The day before, the child is under three.", planned(born="2022-06-10"), "2025-06-09"),
    considered("Born on 29 February, three on 1 March.", cheshire_child("2024-02-29").in_care("2025-03-01").plan("LTFOST18", "2025-04-01"),
               "2027-03-01", on("2027-03-01", "2027-03-01", 0)),
    considered("And not on 28 February.", cheshire_child("2024-02-29").in_care("2025-03-01").plan("LTFOST18", "2025-04-01"), "2027-02-28"),
    considered("An agency decision of that day takes the child off, whatever came of it.",
               planned().decided(DAY, reversed=DAY), DAY),
    considered("One of tomorrow does not.", planned().decided("2025-06-11"), DAY, on("2025-04-01", "2025-04-01", 70)),
    considered("One of an earlier period of care counts: the child was presented.", planned().decided("2024-01-01"), DAY),
    considered("A plan to return home is not asked about, also beside another.", planned("RETURN6M LTFOST18"), DAY),
    considered("Nor is support at home.", planned("REMAINSUP"), DAY),
    considered("A child without a plan is not.", cheshire_child().in_care("2025-03-01"), DAY),
    considered("A plan for adoption that was never presented is.", planned("ADOPTION"), DAY, on("2025-04-01", "2025-04-01", 70),
               detail="adoption"),
    considered("A child without a date of birth is left out.", planned(born=None), DAY),
)  # fmt: skip
SETTLED = (
    settled("Two years in one foster home are up: the child is on the list.", fostered(), DAY, on("2023-06-10", "2025-06-10", 0),
            detail="no current plan"),
    settled("The day before, the child is not.", fostered(), "2025-06-09"),
    settled("A change of placement code in the same home is no move.",
            fostered("2024-06-10", postcode="ZZ1").placement("U4", "2024-06-10", postcode="ZZ1"), DAY, on("2023-06-10", "2025-06-10", 0)),
    settled("Another postcode is another home.",
            fostered("2024-06-10", postcode="ZZ1").placement("U4", "2024-06-10", postcode="ZZ2"), DAY),
    settled("A long-term match of that day takes the child off.", fostered().match("LTF", DAY), DAY),
    settled("Guardianship that was looked at, also in vain, takes the child off.",
            fostered().explored("SGO", referred="2024-01-10", closed="2024-03-01"), DAY),
    settled("To be looked at from tomorrow, it does not.", fostered().explored("ADOPTION", referred="2025-06-11"), DAY,
            on("2023-06-10", "2025-06-10", 0)),
    settled("Another option does not.", fostered().explored("LTF", referred="2024-01-10"), DAY, on("2023-06-10", "2025-06-10", 0)),
    settled("A plan for adoption takes the child off.", fostered().plan("ADOPTION", "2025-01-10"), DAY),
    settled("A children's home has no carers to ask.", cheshire_child().in_care("2023-03-01").placement("K2", "2023-06-10"), DAY),
)  # fmt: skip
STARTED = (
    started("A legal planning meeting, and no option recorded: since the meeting.", advised(), DAY, on("2025-04-01", "2025-04-01", 70),
            detail="in care"),
    started("A discussion with Legal Services is a legal advice meeting too.", advised("LEGAL_DISCUSSION"), DAY,
            on("2025-04-01", "2025-04-01", 70)),
    started("On the day of the meeting the child is on the list.", advised(on=DAY), DAY, on(DAY, DAY, 0)),
    started("The day before, the child is not.", advised(on=DAY), "2025-06-09"),
    started("An option begun that day takes the child off.", advised().explored("SGO", referred=DAY), DAY),
    started("One to be begun tomorrow does not.", advised().explored("SGO", referred="2025-06-11"), DAY,
            on("2025-04-01", "2025-04-01", 70)),
    started("A form that was open at the meeting had been started.", advised().explored("SGO", referred="2025-02-01"), DAY),
    started("One that was closed before it had not.", advised().explored("SGO", referred="2025-02-01", closed="2025-03-31"), DAY,
            on("2025-04-01", "2025-04-01", 70)),
    started("A cancelled meeting gave no advice.",
            cheshire_child().in_care("2025-03-01").meeting("LEGAL_PLANNING", "2025-04-01", "CANCELLED"),
            DAY),
    started("A year before entry to care counts.", advised(on="2024-03-02"), DAY, on("2024-03-02", "2024-03-02", 465)),
    started("A day earlier does not.", advised(on="2024-03-01"), DAY),
    started("A child in pre-proceedings who is not in care is on the list.",
            cheshire_child().before_court("2025-04-10").meeting("LEGAL_GATEWAY", "2025-04-01"), DAY, on("2025-04-01", "2025-04-01", 70),
            detail="not in care"),
    started("Neither in care nor on the way to court, the child is not.",
            cheshire_child().before_court("2025-04-10", DAY).meeting("LEGAL_PLANNING", "2025-04-01"), DAY),
)  # fmt: skip
KEPT_UP = (
    kept_up("Nothing changed since entry to care: on the day on which the second review is due, the child is on the list.",
            form(referred="2025-01-10"), "2025-05-28", on("2025-05-28", "2025-05-28", 0), detail="no change since entry to care"),
    kept_up("The day before, the child is not.", form(referred="2025-01-10"), "2025-05-27"),
    kept_up("Held earlier, the second review is the day.",
            form(referred="2025-01-10").review("2025-02-20").review("2025-04-30"), "2025-04-30",
            on("2025-04-30", "2025-04-30", 0)),
    kept_up("A change less than three months before it keeps the child off.", form(referred="2025-03-01"), "2025-05-31"),
    kept_up("Three months after the last change the child is on the list.", form(referred="2025-03-01"), "2025-06-01",
            on("2025-06-01", "2025-06-01", 0), detail="last change on 01/03/2025"),
    kept_up("Any day of the form is a change.", form(referred="2025-03-01", viable="2025-06-01"), "2025-08-31"),
    kept_up("A day to come is none yet.",
            form(referred="2025-03-01", viable="2025-06-02"), "2025-06-01", on("2025-06-01", "2025-06-01", 0)),
    kept_up("A form with no option still explored is not asked about.", form(referred="2025-01-10", closed="2025-03-01"), "2025-06-10"),
    kept_up("Nor is one whose option was found against.",
            form(referred="2025-01-10", viable="2025-02-10", viability="Negative"), "2025-06-10"),
    kept_up("A child with no option has no form to keep up.", cheshire_child().in_care("2025-01-31"), "2025-06-10"),
)  # fmt: skip
FORM_CASES = (*CONSIDERED, *SETTLED, *STARTED, *KEPT_UP)
