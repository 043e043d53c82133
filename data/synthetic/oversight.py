"""Reviews, visits and case notes of one period of care."""

from __future__ import annotations

from random import Random

from .careers import Career, Period
from .chance import BRITISH, ISO, ON_OR_AFTER, ON_OR_BEFORE, YEAR, Choice, between, birthday, lag
from .placements import Placement, stays
from .record import COLUMNS, Record

# Invented shares. Aim: one review in six late, and 10 to 35 % of children with a visit overdue.
LATE_REVIEWS = 0.15
CANCELLED_REVIEWS = 0.05
TO_SECOND_REVIEW = 70  # days from the first, so that it lies within 14 weeks of entry for most
MISSED_VISITS = 0.07
NO_PATHWAY_PLAN = 0.15
NO_FIRST_VISIT = 0.12  # homes without a visit in the first week
VISITED_ANY_DAY = 0.05  # visits on whatever day; the others are on working days
# Days between two visits: in the first year of a home, where it is meant to last, and in any other (6 weeks, 3 months, 6 weeks).
BETWEEN_VISITS, BETWEEN_LASTING_VISITS = (24, 44), (55, 92)
SEEN_ALONE = 0.9
PARTICIPATION = Choice({"PN1": 55, "PN0": 16, "PN3": 8, "PN6": 8, "PN5": 5, "PN7": 5, "PN2": 2, "PN4": 1})
DECIDED_TO_CEASE = 0.85  # leaving care by the council's own decision, with the management decision recorded
DAYS_OF_SUPERVISION = 120  # only recent supervision is exported
LAPSED_SUPERVISION, DAYS_OF_LAPSE = 0.14, 93  # children of whom none is recorded for three months
# Visits of so many days are drawn with all else of a child; earlier ones apart, so that however many there are changes nothing else.
DAYS_OF_DRAWN_VISITS = 800
REVIEW = COLUMNS["ssd_cla_reviews"]

SUMMARIES = (
    "The plan remains as agreed at the last review.",
    "Settled in placement; the carers are committed.",
    "Family assessments are still awaited.",
    "Parallel planning continues until the final hearing.",
)
SUPERVISION = (
    "Progress reviewed; actions with dates agreed.",
    "Life story work to begin, family finding update asked for.",
    "Delay: assessment not complete.",
    "Viability assessment of an aunt to be allocated.",
)
DECISIONS = (
    "Agreed: proceed with the permanence plan as recorded.",
    "Agreed: legal planning meeting to be convened.",
    "Not agreed: plan to return to panel with a completed assessment.",
)


def add_reviews(record: Record, rng: Random, period: Period, cla: str, known: int) -> list[int]:
    """Write the reviews; gives the days on which one was held, from entry on. The next one due stands without a date."""
    held: list[int] = []
    due = period.entered + 28
    booked = known
    while due < period.left and booked <= record.as_at:
        drawn = rng.random()
        day = ON_OR_AFTER[due + between(rng, 1, 60)] if drawn < LATE_REVIEWS else ON_OR_BEFORE[due - between(rng, 0, 12)]
        cancelled = rng.random() < CANCELLED_REVIEWS
        if cancelled:
            _review(record, rng, cla, due, min(booked, due), due - between(rng, 0, 6), cancelled=True)
            day = ON_OR_AFTER[day + between(rng, 7, 40)]
        if day >= period.left:
            return held
        noted = _review(record, rng, cla, due, min(booked, day), day, cancelled=False)
        if day <= record.as_at:
            held.append(day)
        booked = max(noted, booked)
        due = day + (TO_SECOND_REVIEW if len(held) == 1 else 180)
    return held


def _review(record: Record, rng: Random, cla: str, due: int, booked: int, day: int, cancelled: bool) -> int:
    noted = max(booked, day + lag(rng))
    if day < record.oldest:
        return noted
    values = [record.identifier(), cla, record.person, ISO[due], "", "N", ""]
    if cancelled:
        changes = [(noted, REVIEW["clar_cla_review_cancelled"], "Y")]
    else:
        part = REVIEW["clar_cla_review_participation"], PARTICIPATION(rng)
        changes = [(noted, REVIEW["clar_cla_review_date"], ISO[day]), (noted, *part)]
    record.add("ssd_cla_reviews", booked, values, changes if noted <= record.as_at else None)
    return noted


def add_visits(record: Record, rng: Random, period: Period, cla: str, homes: list[Placement]) -> None:
    """Visits within a week of a move, then about every five weeks, and later every two to three months where the home is to last."""
    until = min(period.left, record.as_at + 1)
    recent = record.as_at - DAYS_OF_DRAWN_VISITS - BETWEEN_VISITS[0]
    for stay in stays(homes):
        start, end = stay[0].start, min(stay[-1].end, until)
        day = start + between(rng, 1, 6) if rng.random() >= NO_FIRST_VISIT else start + between(rng, 10, 40)
        lasting = stay[-1].kind in ("U1", "U4")
        earlier = Random(f"{record.person} {cla} {start}")
        while day < end:
            _visit(record, rng, cla, day, start, end)
            while day < recent:
                day += _until_next_visit(earlier, day - start, lasting)
                if day < min(recent, end):
                    _visit(record, earlier, cla, day, start, end)
            day += _until_next_visit(rng, day - start, lasting)


def _until_next_visit(rng: Random, days_in_home: int, lasting: bool) -> int:
    return between(rng, *(BETWEEN_LASTING_VISITS if lasting and days_in_home > 366 else BETWEEN_VISITS))


def _visit(record: Record, rng: Random, cla: str, day: int, start: int, end: int) -> None:
    """A visit that is meant for a day, unless it is missed."""
    drawn = rng.random()
    on = day if drawn < VISITED_ANY_DAY else ON_OR_BEFORE[day]
    if on < start:
        on = ON_OR_AFTER[day]
    if rng.random() >= MISSED_VISITS and record.oldest <= on < end:
        seen, alone = "Y" if drawn < 0.95 else "N", "Y" if drawn < SEEN_ALONE else "N"
        record.add("ssd_cla_visits", on + lag(rng), [record.identifier(), cla, record.person, BRITISH[on], seen, alone])


def add_notes(record: Record, rng: Random, career: Career, period: Period, held: list[int], author: str) -> None:
    """Care plan summaries at reviews of the last eighteen months, recent supervision, and management decisions."""
    as_at = record.as_at
    for day in held:
        if day > as_at - 540 and rng.random() < 0.8:
            _note(record, rng, "CARE_PLAN_SUMMARY", ON_OR_AFTER[day + between(rng, 0, 12)], author, SUMMARIES)
    day = max(period.entered + 20, as_at - DAYS_OF_SUPERVISION + between(rng, 0, 40))
    until = min(period.left, as_at - (DAYS_OF_LAPSE if rng.random() < LAPSED_SUPERVISION else 0))
    while day < until:
        _note(record, rng, "SUPERVISION", ON_OR_BEFORE[day], author, SUPERVISION)
        day += between(rng, 25, 60)
    for day in (period.issued, period.concluded, period.decided):
        if as_at - 1100 < day <= as_at:
            _note(record, rng, "MANAGEMENT_DECISION", day, author, DECISIONS)
    own = Random(f"decision to cease {record.person} {period.entered}")
    if (
        period.reason in ("E4A", "E4B", "E8", "E13")
        and not period.issued
        and period.left <= as_at
        and own.random() < DECIDED_TO_CEASE
    ):
        _note(record, own, "MANAGEMENT_DECISION", ON_OR_BEFORE[period.left - between(own, -3, 14)], author, DECISIONS)


def _note(record: Record, rng: Random, kind: str, day: int, author: str, texts: tuple[str, ...]) -> None:
    if day <= record.as_at:
        values = [record.identifier(), record.person, kind, ISO[day], author, texts[int(rng.random() * len(texts))]]
        record.add("local_case_notes", day + lag(rng), values)


def add_pathway_plan(record: Record, rng: Random, career: Career, period: Period, planned: bool) -> None:
    """The latest review of the pathway plan, from about 16 and a quarter: one row, whose date moves on every six months.

    ``planned``: whether the child has care plans; one who has none always has a pathway plan.
    """
    start = max(period.entered + between(rng, 40, 130), birthday(career.born, 16) + between(rng, -90, 150))
    if period.entered - career.born >= 15 * YEAR:
        start = period.entered + between(rng, 50, 150)
    if start >= period.left or start > record.as_at or (planned and rng.random() < NO_PATHWAY_PLAN):
        return
    start = ON_OR_BEFORE[start]
    values = [record.identifier(), record.person, ISO[start]]
    changes = []
    day = start + between(rng, 150, 210)
    while day <= min(record.as_at, period.left + 900):
        changes.append((day + lag(rng), 2, ISO[ON_OR_BEFORE[day]]))
        day += between(rng, 150, 230)
    changes = [change for change in changes if change[0] <= record.as_at]
    record.add("ssd_care_leavers", start + lag(rng), values, changes)
