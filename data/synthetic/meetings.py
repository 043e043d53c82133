"""The meetings of one period of care, in the order in which they fall due.

The shares below decide how much of each kind of planning is overdue. Aim: what a council that requires improvement shows, 10 to 35 %
of the children of whom a policy asks something (see ``tests/data/test_synthetic_rules.py``). Meetings fall on working days.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from .careers import Period
from .chance import BRITISH, ON_OR_AFTER, ON_OR_BEFORE, Choice, between, lag
from .placements import Placement, notice_day, stays
from .record import COLUMNS, Record

MEETING = COLUMNS["local_meetings"]
OUTCOMES = ("Plan confirmed", "Assess further", "Contingency agreed", "Escalated", "")
CANCELLED = 0.05  # meetings that did not take place on their day
BOOKED_AGAIN = 0.8  # of those

# Shares of the children for whom each meeting was never held, and of those held too late. Both grow under pressure.
NEVER_PLACEMENT_PLANNING, LATE_PLACEMENT_PLANNING = 0.15, 0.12
NEVER_LEGAL_DISCUSSION, LATE_LEGAL_DISCUSSION = 0.13, 0.1
NEVER_LEGAL_PLANNING = 0.22  # where no proceedings were issued
NEVER_ENTRY_PANEL = 0.2
NEVER_FIRST_PLANNING, LATE_FIRST_PLANNING = 0.1, 0.25
NEVER_FINAL_PLANNING, LATE_FINAL_PLANNING = 0.1, 0.08
NEVER_AFTER_MOVE = 0.3
NEVER_PANEL_AT_HOME, NO_REVIEW_AT_HOME = 0.18, 0.05  # placements with parents that no panel looked at; and reviews left out
NEVER_HEAD_OF_SERVICE = 0.12
NEVER_PROGRESS = 0.22
NEVER_AFTER_NOTICE, NEVER_AFTER_EMERGENCY = 0.34, 0.16
SPECIALIST = 0.12  # planning meetings that were discussions with a specialist team

# A family group conference: held in time, held late, offered or declined; the others had none. And of unaccompanied children.
CONFERENCE = Choice({"held": 42, "before care": 28, "late": 7, "offered": 6, "declined": 5, "network": 4, "": 8})
CONFERENCE_ABROAD = Choice({"held": 15, "offered": 35, "declined": 20, "network": 10, "": 20})

# Days between two planning meetings: fewest and most, by what the child's situation asks for (12 weeks, 3, 6 and 12 months).
BETWEEN_PLANNING = {"order": (56, 82), "foster": (60, 88), "settled": (125, 180), "agreed": (200, 330)}
WHILE_MATCHED = (250, 400)

Meet = Callable[[str, int], bool]


def add_meeting(record: Record, rng: Random, kind: str, day: int, left: int, chair: str, status: str = "held") -> int:
    """One meeting on the first working day from ``day``, booked up to four weeks before; gives the day if it was held by the last night."""
    day = ON_OR_AFTER[day]
    if day >= left or day < record.oldest or day > record.as_at + 28:
        return 0
    booked = min(day - between(rng, 2, 28), record.as_at)
    noted = day + lag(rng)
    values = [record.identifier(), record.person, kind, BRITISH[day], "booked", chair, ""]
    if rng.random() < CANCELLED:
        cancelled = day - between(rng, 0, 1)
        changes = [(cancelled, MEETING["meeting_status"], "cancelled")]
        record.add("local_meetings", booked, values, changes if cancelled <= record.as_at else None)
        again = rng.random() < BOOKED_AGAIN
        return add_meeting(record, rng, kind, day + between(rng, 2, 12), left, chair, status) if again else 0
    changes = [
        (noted, MEETING["meeting_status"], status),
        (noted, MEETING["outcome"], OUTCOMES[int(rng.random() * len(OUTCOMES))]),
    ]
    if noted > record.as_at:
        changes = []
    record.add("local_meetings", booked, values, changes)
    return day if changes and status == "held" else 0


def add_meetings(
    record: Record,
    rng: Random,
    period: Period,
    homes: list[Placement],
    matched: list[tuple[int, int]],
    chair: str,
    pressure: Callable[[int], float],
) -> list[int]:
    """Write the meetings. ``matched``: (ratified, ended) of long-term matches; ``pressure``: day to how late planning runs.

    Gives the days on which a permanency planning meeting was held.
    """
    planning: list[int] = []

    def meet(kind: str, day: int) -> bool:
        held = add_meeting(record, rng, kind, day, period.left, chair)
        if held and kind == "PPM":
            planning.append(held)
        return bool(held)

    def never(share: float, day: int) -> bool:
        return rng.random() < share * pressure(day)

    _of_placements(rng, period, homes, meet, never)
    _of_entry(rng, period, meet, never)
    _conference(record, rng, period, chair)
    _planning(rng, period, homes, matched, pressure, meet, never)
    _of_the_court(rng, period, meet, never)
    _with_parents(rng, record, period, homes, meet, never)
    _over_the_years(rng, record, period, meet, never)
    return planning


def _of_placements(rng: Random, period: Period, homes: list[Placement], meet: Meet, never) -> None:
    """A placement planning meeting within three days of each move, and what notice, a hurry and settling ask for."""
    for stay in stays(homes):
        home = stay[0]
        if not never(NEVER_PLACEMENT_PLANNING, home.start):
            day = ON_OR_AFTER[home.start + between(rng, 0, 2)]
            if day > home.start + 3:
                day = ON_OR_BEFORE[home.start]
            meet("PLACEMENT_PLANNING", day + (between(rng, 4, 12) if never(LATE_PLACEMENT_PLANNING, day) else 0))
        if home.start > period.entered and not never(NEVER_AFTER_NOTICE, home.start) and notice_day(period, home):
            meet("CARE_PLANNING", notice_day(period, home) + between(rng, 2, 11))
        if home.kind == "U3" and not never(NEVER_AFTER_EMERGENCY, home.start):
            meet("CARE_PLANNING", home.start + between(rng, 0, 3))
        if home.kind in ("U1", "U4") and rng.random() < 0.2:
            meet("CONSULTATION_REVIEW", home.start + between(rng, 380, 700))
        if home.kind[0] == "Z":
            for day in range(home.start + 5, min(home.end, period.left), 7):
                if not never(NEVER_HEAD_OF_SERVICE, day):
                    meet("HOS_REVIEW", day)


def _of_entry(rng: Random, period: Period, meet: Meet, never) -> None:
    entered = period.entered
    if not never(NEVER_LEGAL_DISCUSSION, entered):
        late = never(LATE_LEGAL_DISCUSSION, entered)
        meet("LEGAL_DISCUSSION", entered + (between(rng, 14, 40) if late else between(rng, 1, 9)))
    if period.issued:
        meet("LEGAL_PLANNING", period.issued - between(rng, 5, 40))
    if (not period.issued or period.issued > entered + 20) and not never(NEVER_LEGAL_PLANNING, entered):
        meet("LEGAL_PLANNING", entered + between(rng, 3, 10))
    if period.entry_status != "V2" and period.issued:
        return
    if rng.random() < 0.5:
        meet("ENTRY_TO_CARE_PANEL", entered + between(rng, 5, 40))
    if not never(NEVER_ENTRY_PANEL, entered):
        meet("ENTRY_TO_CARE_PANEL", entered + between(rng, 77, 84))


def _conference(record: Record, rng: Random, period: Period, chair: str) -> None:
    """A family group conference or network meeting, held or offered before the first plan for most."""
    what = (CONFERENCE_ABROAD if period.track == "unaccompanied" else CONFERENCE)(rng)
    if not what:
        return
    kind = "FNM" if what == "network" else "FGC"
    low, high = {"before care": (-150, -5), "late": (50, 130)}.get(what, (1, 10))
    status = what if what in ("offered", "declined") else "held"
    add_meeting(record, rng, kind, period.entered + between(rng, low, high), period.left, chair, status)


def _planning(rng: Random, period: Period, homes: list[Placement], matched: list, pressure, meet: Meet, never) -> None:
    """Permanency planning meetings: the first within four weeks for most, then as often as the situation asks for; and after moves."""

    def planned(day: int) -> None:
        meet("PPD" if rng.random() < SPECIALIST else "PPM", day)

    entered = period.entered
    if never(NEVER_FIRST_PLANNING * pressure(entered + 60), entered + 60):
        return
    late = never(LATE_FIRST_PLANNING, entered)
    meet("PPM", entered + (between(rng, 30, 100) if late else between(rng, 8, 26)))
    day = entered + between(rng, 70, 95)
    while day < period.left:
        ratified = next((ended for since, ended in matched if since <= day < ended), 0)
        if ratified:
            day = min(day + between(rng, *WHILE_MATCHED), ratified + between(rng, 5, 25))
            if day < ratified:
                planned(day)
            continue
        planned(day)
        low, high = BETWEEN_PLANNING[_situation(period, homes, day)]
        day += int(between(rng, low, high) * (0.5 + pressure(day) / 2))
    for stay in stays(homes)[1:]:
        if not never(NEVER_AFTER_MOVE, stay[0].start):
            meet("PPM", stay[0].start + between(rng, 5, 24))


def _situation(period: Period, homes: list[Placement], day: int) -> str:
    """Which interval of planning meetings a child's situation asks for on a day."""
    kind = next((home.kind for home in homes if home.start <= day < home.end), "")
    if period.decided and period.concluded <= day and not period.matched <= day:
        return "order"
    if kind[:1] == "U" or (period.issued and day < period.concluded):
        return "foster"
    return "settled" if kind[:1] in ("P", "R", "S") or kind == "K2" else "agreed"


def _of_the_court(rng: Random, period: Period, meet: Meet, never) -> None:
    """The final care planning meeting: before the final evidence, or within 26 weeks of entry where there are no proceedings."""
    entered = period.entered
    if not never(NEVER_FINAL_PLANNING, entered + 180):
        if period.issued:
            late = never(LATE_FINAL_PLANNING, period.evidence)
            meet("FINAL_CARE_PLANNING", period.evidence + (between(rng, 2, 20) if late else -between(rng, 4, 60)))
        else:
            meet("FINAL_CARE_PLANNING", entered + between(rng, 85, 165))
    if period.issued and rng.random() < 0.75:
        meet("IRH_REVIEW", period.resolution - between(rng, 4, 34))
    if period.decided:
        meet("PMG", period.decided + between(rng, 10, 60))
    elif rng.random() < 0.7:
        meet("PMG", entered + between(rng, 60, 200))


def _with_parents(rng: Random, record: Record, period: Period, homes: list[Placement], meet: Meet, never) -> None:
    """The Permanence Panel before a child goes to live with parents, and at least every three months from then on."""
    for stay in stays(homes):
        home = stay[0]
        if home.kind == "P1" and not never(NEVER_PANEL_AT_HOME, home.start):
            meet("PERMANENCE_PANEL", home.start - between(rng, 6, 28))
            for day in range(home.start + 30, min(stay[-1].end, record.as_at), 77):
                if not never(NO_REVIEW_AT_HOME, day):
                    meet("PERMANENCE_PANEL", day + between(rng, 0, 8))
    if period.placed and period.track == "residential":
        meet("PERMANENCE_PANEL", period.placed + between(rng, -10, 90))


def _over_the_years(rng: Random, record: Record, period: Period, meet: Meet, never) -> None:
    """A progress meeting a year once proceedings have concluded, reviews by a head of service, and stability meetings."""
    entered, until = period.entered, min(period.left, record.as_at)
    day = max(period.concluded or entered + 200, record.as_at - 1500) + between(rng, 240, 345)
    while day < until:
        if not never(NEVER_PROGRESS, day):
            meet("PROGRESS", day)
        if rng.random() < 0.4:
            meet("HOS_REVIEW", day + between(rng, 30, 200))
        day += between(rng, 290, 350)
    if rng.random() < 0.1:
        meet("STABILITY", between(rng, max(entered + 60, record.as_at - 700), record.as_at))
