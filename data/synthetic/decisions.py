"""What comes before a decision: adoption considered, a meeting about a far placement, and what is done before a child leaves care.

Everything here is drawn by chances of its own, so that the rest of a life does not depend on it.
"""

from __future__ import annotations

from random import Random

from .careers import Career, Period
from .chance import BRITISH, ISO, ON_OR_AFTER, ON_OR_BEFORE, between, birthday, lag
from .meetings import add_meeting
from .placements import DISTANT_AUTHORITY, NEIGHBOURS, Placement, stays
from .record import Record

ADOPTION_CONSIDERED = 0.68  # of the children for whom it did not become the plan
TOO_OLD_TO_CONSIDER = 11
FAR_PLACEMENT_ASSESSED = 0.82
REFERRED = 0.7  # to the legal gateway after an urgent legal meeting
NOT_ASSESSED, ASSESSED_LATE = 0.16, 0.12  # before leaving care


def add_decisions(record: Record, career: Career, period: Period, homes: list[Placement]) -> None:
    """Those of one period of care."""
    rng = Random(f"decisions {record.person} {period.entered}")

    def met(day: int) -> None:
        day = ON_OR_AFTER[day]
        if record.oldest <= day <= record.as_at:
            record.add(
                "local_meetings",
                day + lag(rng),
                [record.identifier(), record.person, "CARE_PLANNING", BRITISH[day], "held", "Head of service", ""],
            )

    if rng.random() < ADOPTION_CONSIDERED and period.track not in ("adoption", "reversed", "home"):
        _adoption_considered(record, rng, career, period)
    for stay in stays(homes):
        home = stay[0]
        if home.authority in (*NEIGHBOURS, DISTANT_AUTHORITY) and rng.random() < FAR_PLACEMENT_ASSESSED:
            met(home.start - between(rng, 20, 30))
    if period.entry_status == "L1" and (period.issued or rng.random() < 0.3):
        _after_urgent_meeting(record, rng, period)
    # Agency decisions and matching panels, held or booked.
    for kind, day in (("ADM_DECISION", period.decided), ("MATCHING_PANEL", period.matched)):
        if day:
            add_meeting(record, rng, kind, day, period.left, "Agency decision maker" if kind == "ADM_DECISION" else "Panel chair")
    if period.reason in ("E4A", "E4B", "E8", "E13") and not period.issued and period.left <= record.as_at:
        _before_leaving(record, rng, career, period)


def _after_urgent_meeting(record: Record, rng: Random, period: Period) -> None:
    """Police protection: an urgent legal meeting the next day, and for most the legal gateway before proceedings are issued."""
    add_meeting(record, rng, "URGENT_LEGAL", period.entered + 1, period.left, "Head of service")
    if period.issued > period.entered + 2 and rng.random() < REFERRED:
        day = between(rng, period.entered + 2, min(period.issued - 1, period.entered + 21))
        add_meeting(record, rng, "LEGAL_GATEWAY", day, period.left, "Head of service")


def _adoption_considered(record: Record, rng: Random, career: Career, period: Period) -> None:
    """Adoption explored on the form after some months in care, and closed since it is not what the child needs."""
    start = ON_OR_AFTER[period.entered + between(rng, 40, 150)]
    closed = ON_OR_AFTER[start + between(rng, 20, 60)]
    too_old = start >= birthday(career.born, TOO_OLD_TO_CONSIDER)
    if too_old or period.left < record.as_at - 900 or closed > min(period.left, record.as_at):
        return
    values = [record.identifier(), record.person, "ADOPTION", "", "N", *[""] * 11]
    stages = [
        ("referral_date", start, ISO[start], lag(rng)),
        ("closed_date", closed, ISO[closed], late := lag(rng)),
        ("closed_reason", closed, "Not in the child's interests", late),
    ]
    record.stages("local_permanence_options", values, stages)


def _before_leaving(record: Record, rng: Random, career: Career, period: Period) -> None:
    """The assessments, and the plan of support for a return home."""
    done = ["CAFAS_COMPLETED"]
    if period.left >= birthday(career.born, 16):
        done.append("RISK_ASSESSMENT")
    if period.reason in ("E4A", "E4B"):
        done.append("CIN_PLAN_STARTED")
    late = rng.random() < ASSESSED_LATE
    for kind in done:
        day = ON_OR_AFTER[period.left + between(rng, 1, 12)] if late else ON_OR_BEFORE[period.left - between(rng, 2, 30)]
        if rng.random() >= NOT_ASSESSED and record.oldest <= day <= record.as_at:
            record.add("local_events", day + lag(rng), [record.identifier(), record.person, kind, ISO[day], ""])
