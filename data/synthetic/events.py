"""Local tables of one period of care beside its meetings: events, and approvals of placements and of leaving care."""

from __future__ import annotations

from random import Random

from .approvals import add_approval
from .careers import Career, Period
from .chance import ISO, ON_OR_AFTER, ON_OR_BEFORE, between, birthday, lag
from .placements import DISTANT_AUTHORITY, NEIGHBOURS, Placement, notice_day, stays
from .record import Record

# What never happened. Aim: 10 to 35 % overdue, as with the meetings.
NEVER_ASKED, REFUSED = 0.11, 0.01  # approvals
EMERGENCY_WITH_RELATIVES, UNAPPROVED_RELATIVES = 0.3, 0.12  # homes with relatives who are not approved yet
LATE_APPROVAL, WRONG_ROLE = 0.12, 0.03
NO_RISK_ASSESSMENT, NO_CAFAS, NO_CHILD_IN_NEED_PLAN = 0.2, 0.25, 0.18
OLDEST_RELINQUISHED = 120  # days
UNRESOLVED = 0.5  # concerns about stability of which no end is recorded


def add_events(record: Record, rng: Random, career: Career, period: Period, homes: list[Placement]) -> None:
    """Events that policies' clocks start or stop on. Police protection, notice and unplanned returns fall on any day."""
    left = period.left

    def happened(kind: str, day: int, detail: str = "") -> None:
        if record.oldest <= day <= record.as_at:
            values = [record.identifier(), record.person, kind, ISO[day], detail]
            record.add("local_events", day + lag(rng), values)

    if period.entry_status == "L1":
        happened("POLICE_PROTECTION", period.entered)
    for stay in stays(homes)[1:]:
        home = stay[0]
        if noticed := notice_day(period, home):
            happened("STABILITY_CONCERN", noticed, "Carers have given notice")
            if rng.random() >= UNRESOLVED:
                happened("STABILITY_RESOLVED", ON_OR_AFTER[home.start + between(rng, 5, 40)])
    if rng.random() < 0.06:
        happened(
            "CHANGE_OF_CIRCUMSTANCES",
            ON_OR_BEFORE[between(rng, period.entered, min(left, record.as_at))],
            "Relative came forward",
        )
    if period.track == "adoption" and not period.issued and period.entered - career.born < OLDEST_RELINQUISHED:
        happened("RELINQUISHMENT", period.entered)
    if period.reason in ("E4A", "E4B") and left <= record.as_at:
        if period.reason == "E4B":
            happened("UNPLANNED_RETURN", left)
            if rng.random() >= NO_RISK_ASSESSMENT:
                happened("RISK_ASSESSMENT", left + (0 if rng.random() < 0.5 else 1))
            if rng.random() >= NO_CAFAS:
                happened("CAFAS_COMPLETED", ON_OR_AFTER[left + between(rng, 8, 24)])
        if rng.random() >= NO_CHILD_IN_NEED_PLAN:
            happened("CIN_PLAN_STARTED", ON_OR_AFTER[left + between(rng, 0, 14)])


def add_approvals(record: Record, rng: Random, career: Career, period: Period, homes: list[Placement]) -> None:
    """Approvals of placements and of leaving care, before the day for most; some were never asked for, or decided by another role."""

    def approve(kind: str, day: int, placement: str, by: str, emergency: bool = False, review_within: int = 0) -> None:
        if day < record.oldest or rng.random() < NEVER_ASKED:
            return
        late = emergency or rng.random() < LATE_APPROVAL
        asked = ON_OR_AFTER[day] if late else ON_OR_BEFORE[day - between(rng, 8, 18)]
        decided = ON_OR_AFTER[asked + between(rng, 0, 5)]
        by = "Service manager" if rng.random() < WRONG_ROLE else by
        decision = "REFUSED" if rng.random() < REFUSED else "APPROVED"
        review = ON_OR_AFTER[decided + review_within] if review_within else 0
        add_approval(record, rng, kind, asked, decided, by, placement, decision, review)

    for stay in stays(homes):
        home = stay[0]
        if home.kind == "P1":
            approve("PLACED_WITH_PARENTS", home.start, home.identifier, "Permanence panel")
            approve("RETURN_HOME", home.start, home.identifier, "Director of operations")
        elif home.kind[0] == "Z":
            approve("UNREGISTERED", home.start, home.identifier, "Strategic director", emergency=True)
        elif home.authority == DISTANT_AUTHORITY:
            approve("DISTANT", home.start, home.identifier, "Strategic director")
        elif home.authority in NEIGHBOURS:
            approve("OUT_OF_BOROUGH", home.start, home.identifier, "Assistant director")
        elif home.kind == "U3" and (drawn := rng.random()) < EMERGENCY_WITH_RELATIVES + UNAPPROVED_RELATIVES:
            if drawn < EMERGENCY_WITH_RELATIVES:
                approve("EMERGENCY", home.start, home.identifier, "Assistant director", emergency=True)
            else:
                approve("UNAPPROVED", home.start, home.identifier, "Assistant director", emergency=True, review_within=42)
    if period.reason in ("E4A", "E4B") and not period.issued and period.left - period.entered > 28:
        young = period.left < birthday(career.born, 16)
        kind, by = ("CEASE_UNDER_16", "Assistant director") if young else ("CEASE_16_17", "Strategic director")
        approve(kind, period.left, "", by)
