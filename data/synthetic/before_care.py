"""Children whom the county knows and who are not in care: on short breaks, in need, in pre-proceedings, and not born yet.

Pre-proceedings last some weeks to some months and end: most are stepped down, some lead to care proceedings for a child who stays
at home, and some are open. A child who was known before birth is expected for some months, and then has a date of birth and a name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from .careers import Career, Period
from .chance import BRITISH, ISO, ON_OR_AFTER, ON_OR_BEFORE, YEAR, between, lag, long_tail
from .county import County
from .meetings import add_meeting
from .proceedings import add_pre_proceedings, add_proceedings_at_home, pre_proceedings_days
from .record import KEPT_DAYS, Record
from .teams import Allocation, allocations

# Invented shares of the people who are known and were never in care.
EXPECTED, BORN = 0.07, (-400, 150)  # known before birth, born within so many days of the last night
RELINQUISHED = 0.12  # of those
UNTIL_BIRTH = 0.7  # pre-proceedings of those that go on until some weeks after the birth
IN_PRE_PROCEEDINGS, PRE_PROCEEDINGS_WITHIN = 0.125, 1500  # at some time of so many days
ABOUT_TO_COME = 0.013  # in pre-proceedings today, and likely to come into care
OLDEST_AT_DECISION = 15  # years
ISSUED = 0.2  # pre-proceedings that end with proceedings and not with the step-down; the child stays at home
CONFERENCE_OFFERED = {"held": 0.52, "offered": 0.7, "declined": 0.84}  # by the end of pre-proceedings, up to each share
EARLY_CONSIDERED, OLDEST_FOR_EARLY = 0.66, 3  # young children in pre-proceedings for whom early permanence was considered
NEVER_PLANNED = 0.15  # meetings of proceedings at home that were never held


@dataclass(frozen=True)
class Concern:
    """Why the council knows a child: days of the allocated workers, and of pre-proceedings (0: none; an end may lie ahead)."""

    start: int
    end: int
    decided: int = 0
    ended: int = 0
    issued: bool = False
    relinquished: int = 0


def draw_known(rng: Random, as_at: int) -> Career:
    """Somebody who is known and was never in care; a few were known before birth, and some of those are not born yet."""
    career = Career(as_at - int(rng.uniform(0, 20) * YEAR), rng.random() < 0.51)
    if rng.random() < EXPECTED:
        career.born = as_at + between(rng, *BORN)
        career.referred = between(rng, career.born - 190, min(career.born - 50, as_at - 3))
    return career


def draw_concern(rng: Random, career: Career, as_at: int) -> Concern:
    """What the council has to do with the child, and when."""
    start = career.referred or max(career.born, as_at - between(rng, 0, 2000))
    end = start + long_tail(rng, 200, 0.9)
    if career.referred:
        day = start + between(rng, 10, 45)
        if rng.random() < RELINQUISHED:
            return Concern(start, max(end, career.born + 90), relinquished=ON_OR_BEFORE[min(day, as_at)])
        concern = _pre_proceedings(rng, start, max(end, career.born + 60), day)
        until = ON_OR_AFTER[career.born + (between(rng, 0, 7) if concern.issued else between(rng, 5, 40))]
        lasting = concern.issued or rng.random() < UNTIL_BIRTH
        return replace(concern, ended=until) if lasting and until > concern.decided + 20 else concern
    drawn = rng.random()
    if drawn < ABOUT_TO_COME:
        days = pre_proceedings_days(rng)
        decided = as_at - int(days * rng.random())
        if career.born < decided < career.born + OLDEST_AT_DECISION * YEAR:
            return Concern(
                decided - between(rng, 30, 200), decided + days + 90, ON_OR_BEFORE[decided], ON_OR_AFTER[decided + days]
            )
    elif drawn < ABOUT_TO_COME + IN_PRE_PROCEEDINGS:
        decided = as_at - between(rng, 0, PRE_PROCEEDINGS_WITHIN)
        if career.born < decided < career.born + OLDEST_AT_DECISION * YEAR:
            return _pre_proceedings(rng, decided - between(rng, 30, 200), end, decided)
    return Concern(start, end)


def _pre_proceedings(rng: Random, start: int, end: int, decided: int) -> Concern:
    decided = ON_OR_BEFORE[decided]
    ended = ON_OR_AFTER[decided + pre_proceedings_days(rng)]
    issued = rng.random() < ISSUED
    return Concern(start, max(end, ended + (500 if issued else 60)), decided, ended, issued)


def concern_workers(
    rng: Random, career: Career, concern: Concern, county: County, number: int, side: str, as_at: int
) -> list[Allocation]:
    """The allocated workers of a child who is known and not in care: of one family safeguarding team."""
    career.periods = [Period(concern.start, "short", concern.end, "E8", concluded=concern.end + 200)]
    made = allocations(rng, career, county, number, side, as_at, as_at - KEPT_DAYS)
    career.periods = []
    return made


def add_short_breaks(record: Record, rng: Random, career: Career) -> None:
    """A child on short breaks only, who is not in care by any measure."""
    as_at = record.as_at
    start = max(career.born + 1000, as_at - between(rng, 60, 1400))
    end = 0 if rng.random() < 0.8 else between(rng, start, as_at)
    code = "V4" if rng.random() < 0.6 else "V3"
    known = start + lag(rng)
    record.spell("ssd_legal_status", [record.identifier(), record.person, code, "", ""], start, end, known, end + 3)
    values = [record.identifier(), record.person, f"CLA{record.number:06d}1", "-1", "", "S", "N2", "", "", ISO[start], ""]
    record.spell("ssd_cla_episodes", values, start, end, known, end + 3, ((8, "E8"),))


def add_concern(record: Record, rng: Random, career: Career, concern: Concern) -> None:
    """What there is of a child who was never in care beside the allocated workers."""
    if concern.relinquished:
        _relinquished(record, rng, career, concern.relinquished)
    elif concern.decided:
        if concern.decided <= record.as_at:
            _before_court(record, rng, career, concern)
    elif (drawn := rng.random()) < 0.08:
        status = "Private fostering" if drawn < 0.03 else "Special Guardianship Order"
        start = max(career.born, record.as_at - between(rng, 0, 1500))
        record.spell("ssd_legal_status", [record.identifier(), record.person, status, "", ""], start, 0, start + lag(rng), 0)


def _relinquished(record: Record, rng: Random, career: Career, day: int) -> None:
    """Parents say before the birth that they relinquish the child, and take it back within six weeks of it, since no care followed."""
    record.add("local_events", day, [record.identifier(), record.person, "RELINQUISHMENT", ISO[day], ""])
    back = ON_OR_AFTER[career.born + between(rng, 2, 42)]
    if back <= record.as_at:
        record.add("local_events", back, [record.identifier(), record.person, "RELINQUISHMENT_WITHDRAWN", ISO[back], ""])


def _before_court(record: Record, rng: Random, career: Career, concern: Concern) -> None:
    """Pre-proceedings with their conference, early permanence for a young child, and the proceedings that some lead to."""
    decided, ended = concern.decided, concern.ended
    add_pre_proceedings(record, rng, decided, ended, "Issue proceedings" if concern.issued else "Step down")
    drawn = rng.random()
    status = next((status for status, upto in CONFERENCE_OFFERED.items() if drawn < upto), "")
    day = ON_OR_AFTER[decided + between(rng, -20, 30)]
    if status and record.oldest <= day <= min(ended, record.as_at):
        values = [record.identifier(), record.person, "FGC", BRITISH[day], status, "", ""]
        record.add("local_meetings", day + lag(rng), values)
    if decided - career.born < OLDEST_FOR_EARLY * YEAR and rng.random() < EARLY_CONSIDERED:
        _early_permanence(record, rng, ON_OR_AFTER[decided + between(rng, 2, 30)], ended)
    if concern.issued and ended <= record.as_at:
        period = add_proceedings_at_home(record, rng, max(ended, ON_OR_AFTER[career.born]))
        for kind, on in (
            ("PPM", period.issued + between(rng, 20, 90)),
            ("FINAL_CARE_PLANNING", period.evidence - between(rng, 4, 60)),
            ("IRH_REVIEW", period.resolution - between(rng, 4, 34)),
        ):
            if rng.random() >= NEVER_PLANNED:
                add_meeting(record, rng, kind, on, period.concluded, "")


def _early_permanence(record: Record, rng: Random, day: int, ended: int) -> None:
    """Early permanence as an option that is looked at beside the others, until pre-proceedings end."""
    values = [record.identifier(), record.person, "EARLY_PERMANENCE", "", "N", *[""] * 11]
    stages = [
        ("referral_date", day, ISO[day], lag(rng)),
        ("closed_date", ended, ISO[ended], late := lag(rng)),
        ("closed_reason", ended, "Plan changed", late),
    ]
    if day < ended:
        record.stages("local_permanence_options", values, stages)
