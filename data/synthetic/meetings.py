"""Local tables of one period of care: meetings, events, approvals."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from .careers import Career, Period
from .chance import BRITISH, ISO, between, birthday, lag
from .placements import DISTANT_AUTHORITY, NEIGHBOURS, Placement
from .record import COLUMNS, Record

MEETING = COLUMNS["local_meetings"]
CANCELLED_MEETINGS = 0.05
NO_FIRST_MEETING = 0.07  # children for whom no permanency planning meeting was ever held
OUTCOMES = ("Plan confirmed", "Assess further", "Contingency agreed", "Escalated", "")


def _meeting(record: Record, rng: Random, kind: str, day: int, left: int, chair: str) -> bool:
    """One meeting, booked up to four weeks before; True when it was held by the last night."""
    if day >= left or day < record.oldest or day > record.as_at + 28:
        return False
    booked = day - between(rng, 2, 28)
    values = [record.identifier(), record.person, kind, BRITISH[day], "booked", chair, ""]
    noted = day + lag(rng)
    if rng.random() < CANCELLED_MEETINGS:
        noted = day - between(rng, 0, 1)
        changes = [(noted, MEETING["meeting_status"], "cancelled")]
    else:
        changes = [(noted, MEETING["meeting_status"], "held"), (noted, MEETING["outcome"], rng.choice(OUTCOMES))]
    if noted > record.as_at:
        changes = []
    record.add("local_meetings", min(booked, record.as_at), values, changes)
    return bool(changes) and changes[0][2] == "held"


def add_meetings(
    record: Record, rng: Random, career: Career, period: Period, reviews: list[int], homes: list[Placement], chair: str, pressure
) -> list[int]:
    """Planning meetings in the order in which they fall due; permanency planning meetings run late under pressure.

    Gives the days on which a permanency planning meeting was held.
    """
    entered, left = period.entered, period.left
    planning: list[int] = []

    def meet(kind: str, day: int) -> bool:
        held = _meeting(record, rng, kind, day, left, chair)
        if held and kind == "PPM":
            planning.append(day)
        return held

    for home in homes:
        if home.kind[0] != "T" and not home.same_carer and rng.random() < 0.5:
            meet("PLACEMENT_PLANNING", home.start + between(rng, 0, 5))
    meet("LEGAL_DISCUSSION", entered + between(rng, 2, 16))
    if period.entry_status == "V2" and rng.random() < 0.5:
        meet("ENTRY_TO_CARE_PANEL", entered + between(rng, 5, 100))
    if period.issued:
        meet("LEGAL_PLANNING", period.issued - between(rng, 5, 40))
        meet("FINAL_CARE_PLANNING", min(period.issued + between(rng, 120, 220), period.concluded - 10))
    if rng.random() < 0.55:
        meet("FGC", entered + between(rng, -40, 120))
    elif rng.random() < 0.3:
        meet("FNM", entered + between(rng, 5, 80))
    _permanency_planning(rng, period, pressure, meet)
    if period.decided:
        meet("PMG", period.decided + between(rng, 10, 60))
    if period.placed and period.track in ("parents", "residential"):
        meet("PERMANENCE_PANEL", period.placed + between(rng, -10, 90))
    year = max(entered + 400, record.as_at - 800)
    while year < min(left, record.as_at):
        meet("PROGRESS" if rng.random() < 0.6 else "HOS_REVIEW", year)
        year += between(rng, 300, 460)
    if rng.random() < 0.1:
        meet("STABILITY", between(rng, max(entered + 60, record.as_at - 700), record.as_at))
    _after_moves(record, period, homes, chair)
    return planning


def _after_moves(record: Record, period: Period, homes: list[Placement], chair: str) -> None:
    """Care planning meetings when carers give notice or family take a child in a hurry, and consultation reviews once settled.

    Drawn by chances of their own, so that the rest of a life does not depend on them.
    """
    rng = Random(f"after moves {record.person} {period.entered}")
    for home in homes:
        if home.kind[0] == "T" or home.same_carer:
            continue
        if home.reason in ("CREQB", "CREQO", "STAND") and rng.random() < 0.75:
            _meeting(record, rng, "CARE_PLANNING", home.start - between(rng, 2, 36), period.left, chair)
        if home.kind == "U3" and rng.random() < 0.7:
            _meeting(record, rng, "CARE_PLANNING", home.start + between(rng, 1, 9), period.left, chair)
        if home.kind in ("U1", "U4") and rng.random() < 0.2:
            _meeting(record, rng, "CONSULTATION_REVIEW", home.start + between(rng, 380, 700), period.left, chair)


def _permanency_planning(rng: Random, period: Period, pressure, meet) -> None:
    """The first within about ten weeks, then every three to six months until the route is settled."""
    if rng.random() < NO_FIRST_MEETING * pressure(period.entered + 60) ** 2:
        return
    day = period.entered + int(between(rng, 25, 105) * pressure(period.entered + 60))
    settled = min(period.left, (period.concluded or period.entered + 300) + 500)
    while day < settled:
        meet("PPD" if rng.random() < 0.12 else "PPM", day)
        day += int(between(rng, 90, 230) * pressure(day))


def add_events(record: Record, rng: Random, career: Career, period: Period, homes: list[Placement]) -> None:
    """Events that other policies' clocks start or stop on."""
    left = period.left

    def happened(kind: str, day: int, detail: str = "") -> None:
        if record.oldest <= day <= record.as_at:
            values = [record.identifier(), record.person, kind, ISO[day], detail]
            record.add("local_events", day + lag(rng), values)

    if period.entry_status == "L1":
        happened("POLICE_PROTECTION", period.entered)
    for before, home in pairwise(homes):
        if home.kind[0] != "T" and home.reason in ("CREQB", "CREQO", "STAND") and before.kind[0] == "U":
            happened("STABILITY_CONCERN", max(period.entered, home.start - between(rng, 10, 50)), "Carers have given notice")
            if rng.random() < 0.5:
                happened("STABILITY_RESOLVED", home.start + between(rng, 5, 40))
    if rng.random() < 0.06:
        happened("CHANGE_OF_CIRCUMSTANCES", between(rng, period.entered, min(left, record.as_at)), "Relative came forward")
    if period.track == "adoption" and not period.issued:
        happened("RELINQUISHMENT", period.entered)
    if period.reason in ("E4A", "E4B") and left <= record.as_at:
        if period.reason == "E4B":
            happened("UNPLANNED_RETURN", left)
            if rng.random() < 0.8:
                happened("RISK_ASSESSMENT", left + between(rng, 0, 3))
            if rng.random() < 0.7:
                happened("CAFAS_COMPLETED", left + between(rng, 8, 30))
        if rng.random() < 0.8:
            happened("CIN_PLAN_STARTED", left + between(rng, 2, 25))


def _approve_far(home: Placement, approve) -> None:
    """A home in another authority: approved by the role whose decision it is, or, for one home in twelve, by a head of service."""
    rng = Random(f"far {home.identifier}")
    kind, role = (
        ("DISTANT", "Strategic director") if home.authority == DISTANT_AUTHORITY else ("OUT_OF_BOROUGH", "Assistant director")
    )
    day = home.start - between(rng, 0, 14)
    approve(kind, day, home.identifier, "Head of service" if rng.random() < 1 / 12 else role, rng)


def add_approvals(record: Record, rng: Random, career: Career, period: Period, homes: list[Placement]) -> None:
    """Approvals of placements and of leaving care; some were never asked for."""

    def approve(kind: str, day: int, placement: str, by: str, rng: Random = rng) -> None:
        if day < record.oldest or rng.random() < 0.15:
            return
        decided = day + between(rng, 0, 12)
        values = [record.identifier(), record.person, placement, kind, "", "", "", by, ""]
        decision = "REFUSED" if rng.random() < 0.04 else "APPROVED"
        record.stages(
            "local_approvals",
            values,
            [
                ("requested_date", day, ISO[day], lag(rng)),
                ("decided_date", decided, ISO[decided], late := lag(rng)),
                ("decision", decided, decision, late),
            ],
        )

    for home in homes:
        if home.kind == "P1":
            approve("PLACED_WITH_PARENTS", home.start - 12, home.identifier, "Permanence panel")
        elif home.kind[0] == "Z":
            approve("UNREGISTERED", home.start, home.identifier, "Director")
        elif home.authority in (*NEIGHBOURS, DISTANT_AUTHORITY) and not home.same_carer:
            _approve_far(home, approve)
        elif home.kind == "U3" and not home.same_carer and rng.random() < 0.3:
            approve("EMERGENCY", home.start, home.identifier, "Head of service")
    if period.reason in ("E4A", "E4B") and not period.issued and period.left - period.entered > 28:
        young = period.left < birthday(career.born, 16)
        approve(
            "CEASE_UNDER_16" if young else "CEASE_16_17",
            period.left - 10,
            "",
            "Assistant director" if young else "Strategic director",
        )
