"""Care plans: what the plan truly was, and the rows that reviews left behind.

A route to permanence gives the *stages* of the plan (return home, then parallel planning, then adoption ...). Rows are made
at reviews: renewed, changed late, left blank, ended with none after, superseded on the day, typed again under a new
identifier with a later start (which hides how long the plan has been drifting), or dated in the future.
"""

from __future__ import annotations

import json
from random import Random

from data.contract.contract import code_sets

from .careers import Career, Period
from .chance import ISO, ON_OR_AFTER, ON_OR_BEFORE, Choice, between, birthday, lag, long_tail
from .record import COLUMNS, Record, Row

KEYS = tuple(key for key in code_sets()["plan_option"].codes if key != "SPECGUARD")
PLAN = COLUMNS["ssd_cla_care_plan"]
GAPS = Choice({0: 90, 1: 2, 5: 2, 14: 2, 27: 0.8, 28: 0.8, 29: 0.6, 45: 1.2, 90: 0.6})

# Invented shares. Aim: one child in eleven has no current plan, and over four weeks few come on that list or leave it.
EARLY_PLAN, EARLY_DAYS = 0.77, (6, 18)  # a first plan within so many days of entry, else at about the second review
RENEWED = 0.45  # a review that changes nothing still leaves a new row
BLANK = 0.013  # a row with nothing ticked
LAPSED = 0.02  # a plan that ends with none after it, until the next review's
LONGEST_LAPSE = 280  # days
SAME_DAY = 0.012  # a row superseded on its own day
RETYPED = 0.07  # a row typed again, with a new identifier and a later start, in the last eighteen months
FUTURE = 0.004  # a plan recorded now that starts within a month
LATEST_ANSWERS = 0.03  # a child whose every row carries the latest answers (some LCS extracts)
PATHWAY_ONLY = 0.25  # children aged 15 or over at entry, and never in proceedings, who have a pathway plan and no other
FORGOTTEN, LONGEST_WITHOUT = 0.02, 300  # children whose first plan was typed months late, and by how many days at most

# Most plans name a contingency beside the first option for as long as nothing is settled.
RETURN, RELATIVES, FOSTERING, OTHER = "RETURN6M", "LTRELFR", "LTFOST18", "OTHERPLN"
AWAITING_COURT = Choice(
    {
        (RETURN, RELATIVES): 28,
        (RETURN, FOSTERING): 14,
        (RETURN, OTHER): 12,
        (RELATIVES, FOSTERING): 10,
        (RELATIVES, OTHER): 10,
        (FOSTERING,): 8,
        (OTHER,): 9,
        (RELATIVES,): 5,
        (RETURN,): 4,
    }
)
HIDDEN_GUARDIANSHIP = Choice(
    {(RETURN, OTHER): 34, (RELATIVES, OTHER): 22, ("RETURNEV", OTHER): 12, (OTHER,): 22, (RELATIVES,): 10}
)
YOUNG_ADULT = Choice(
    {
        ("SUPPLIV", "RETURNEV"): 26,
        ("SUPPLIV", RELATIVES): 20,
        ("SUPPLIV", FOSTERING): 12,
        ("SUPPLIV",): 20,
        (FOSTERING,): 6,
        (OTHER,): 8,
    }
)
WITH_PARENTS = Choice(
    {("RETURNEV", RELATIVES): 24, ("REMAINSUP", RELATIVES): 16, ("RETURNEV",): 22, (OTHER,): 18, ("REMAINSUP",): 20}
)
RETURNING = Choice(
    {
        (RETURN, RELATIVES): 44,
        (RETURN, OTHER): 16,
        (RETURN, FOSTERING): 12,
        (RETURN,): 13,
        ("RETURNEV",): 6,
        ("RETURN1M",): 5,
        (OTHER,): 4,
    }
)
SETTLED = {"fostering": ("LTFOST18",), "kinship": ("LTRELFR",), "residential": ("RESPLMT",)}

_texts: dict[tuple[str, ...], str] = {}


def plan_json(options: tuple[str, ...], answers: dict[str, str] | None = None) -> str:
    """The SSD's object of ten keys, each empty or ``Y`` (or the longer answer given)."""
    if answers is None and options in _texts:
        return _texts[options]
    text = json.dumps({key: (answers or {}).get(key, "Y") if key in options else "" for key in KEYS}, separators=(",", ":"))
    if answers is None:
        _texts[options] = text
    return text


def _stages(rng: Random, career: Career, period: Period) -> list[tuple[int, tuple[str, ...]]]:
    """What the plan truly was, from which day. The first is in force from entry (once it is typed)."""
    entered, track = period.entered, period.track
    later = birthday(career.born, 16) + between(rng, 60, 500)
    turning = period.concluded or entered + between(rng, 150, 420)
    if track in ("adoption", "reversed"):
        stages = [(entered, RETURNING(rng))]
        if rng.random() < 0.4 or period.early:
            stages.append((entered + between(rng, 60, 150), ("RETURN6M", "ADOPTION")))
        stages.append((period.decided, ("LTFOST18", "ADOPTION") if rng.random() < 0.08 else ("ADOPTION",)))
        if period.reversed:
            stages += [(period.reversed, ("LTFOST18",)), (later, ("SUPPLIV",))]
        return stages
    if track == "guardianship":
        return [(entered, RETURNING(rng)), (entered + between(rng, 70, 150), HIDDEN_GUARDIANSHIP(rng))]
    if track in ("home", "short"):
        stages = [(entered, RETURNING(rng) if track == "home" or rng.random() < 0.5 else ("RETURN1M",))]
        drifts = entered + between(rng, 150, 260)
        return [*stages, (drifts, ("RETURNEV",)), (drifts + 400, ("RETURNEV", "LTFOST18"))][: 3 if rng.random() < 0.7 else 1]
    if track == "parents":
        return [(entered, RETURNING(rng)), (entered + between(rng, 80, 170), AWAITING_COURT(rng)), (turning, WITH_PARENTS(rng))]
    if track in SETTLED:
        stages = [(entered, RETURNING(rng))]
        if period.issued and track != "residential":
            stages.append((entered + between(rng, 80, 170), AWAITING_COURT(rng)))
        stages.append((turning if track != "residential" else max(period.placed, entered + 60), SETTLED[track]))
        if rng.random() < (0.3 if track == "fostering" else 0.25):
            stages.append((later, ("SUPPLIV",) if rng.random() < 0.75 else (*SETTLED[track], "SUPPLIV")))
        return sorted(stages, key=lambda stage: stage[0])
    if track in ("supported", "unaccompanied"):
        return [(entered, YOUNG_ADULT(rng))]
    return [(entered, ("OTHERPLN",) if rng.random() < 0.6 else ("RETURN1M",))]


def _typed(rng: Random, stages: list, reviews: list[int], first: int, until: int, pressure) -> list[tuple[int, tuple[str, ...]]]:
    """The rows as typed: (start, options), at the first plan, at reviews, and at some changes on the day itself."""
    days = [day for day in reviews if day > first + 20]
    days += [ON_OR_AFTER[day + between(rng, 0, 20)] for day, _ in stages[1:] if rng.random() < 0.45 and day > first]
    typed: list[tuple[int, tuple[str, ...]]] = []
    for day in [first, *sorted(days)]:
        if day >= until:
            break
        options = next(options for start, options in reversed(stages) if start <= max(day, stages[0][0]))
        if typed and options == typed[-1][1] and rng.random() > RENEWED:
            continue
        if rng.random() < BLANK * pressure(day):
            options = ()
        if rng.random() < SAME_DAY:
            typed.append((day, ("OTHERPLN",) if rng.random() < 0.5 else ()))
        typed.append((day, options))
    return typed


def first_plan_day(rng: Random, entered: int, reviews: list[int], pressure: float) -> int:
    """The day of the first plan: within three weeks for most, at about the second review for others, later under pressure."""
    if rng.random() < EARLY_PLAN:
        return ON_OR_AFTER[entered + between(rng, *EARLY_DAYS)]
    if rng.random() < FORGOTTEN / (1 - EARLY_PLAN):
        return ON_OR_AFTER[entered + between(rng, 150, LONGEST_WITHOUT)]
    second = reviews[1] if len(reviews) > 1 else entered + 118
    return ON_OR_AFTER[max(entered + 20, second - 6 + int(long_tail(rng, 14, 0.9) * pressure * pressure))]


def add_plans(record: Record, rng: Random, career: Career, period: Period, reviews: list[int], pressure) -> tuple[bool, int]:
    """Write a period of care's plans. ``reviews``: days held or due; ``pressure``: day to how late planning runs.

    Gives whether there are plans at all (some of the oldest have a pathway plan in their place), and since when long-term fostering was in
    them (0: never).
    """
    entered, left, as_at = period.entered, period.left, record.as_at
    if not period.issued and entered >= birthday(career.born, 15) and rng.random() < PATHWAY_ONLY:
        return False, 0
    first = first_plan_day(rng, entered, reviews, pressure(entered + 100))
    horizon = as_at + 30 if rng.random() < FUTURE * 8 else as_at
    typed = _typed(rng, _stages(rng, career, period), reviews, first, min(left, horizon + 1), pressure)
    latest = rng.random() < LATEST_ANSWERS
    rows = []
    noted = min(typed[0][0], as_at) + lag(rng) if typed else 0
    for place, (start, options) in enumerate(typed):
        following = typed[place + 1][0] if place + 1 < len(typed) else 0
        end = max(start, following - GAPS(rng)) if following else left
        # The old plan's end is entered with the new plan, unless the old one lapsed.
        noted_next = max(noted, min(following, as_at) + lag(rng)) if following else 0
        ended = noted_next or end + lag(rng)
        if rng.random() < LAPSED * pressure(start) and end - start > 60:
            end = max(start + 50, min(end, as_at) - between(rng, 15, LONGEST_LAPSE))
            ended = end + lag(rng)
        row = _write(record, start, end, options, noted, ended)
        noted = noted_next
        if row is not None:
            rows.append((row, start, end, options))
    for row, start, end, options in rows:
        _type_again(record, rng, row, start, end, options)
    if latest:
        _carry_latest_answers(record)
    return True, next((start for start, options in typed if FOSTERING in options), 0)


def _write(record: Record, start: int, end: int, options: tuple[str, ...], noted: int, ended: int) -> Row | None:
    if end and end < record.oldest:
        return None
    values = [record.identifier(), record.person, ISO[start], "", plan_json(options)]
    ends = [(max(noted, ended), PLAN["lacp_cla_care_plan_end_date"], ISO[end])] if end <= record.as_at else []
    return record.add("ssd_cla_care_plan", noted, values, ends)


def _type_again(record: Record, rng: Random, row, start: int, end: int, options: tuple[str, ...]) -> None:
    """Replace a row, on some day of the last eighteen months, by one with a new identifier and a later start."""
    earliest, last = max(row.recorded, start + 25, record.as_at - 540), min(end or record.as_at, record.as_at)
    if not options or last - earliest < 20 or rng.random() >= RETYPED * (last - earliest) / 365:
        return
    day = between(rng, earliest + 1, last - 1)
    row.removed = day
    ends = [change for change in row.changes if change[0] > day]
    row.changes = [change for change in row.changes if change[0] <= day]
    again = _write(record, ON_OR_BEFORE[day - between(rng, 0, 12)], record.as_at + 1, options, day, 0)
    if again is not None:
        again.changes = ends
        if end <= record.as_at and not ends:
            again.set("lacp_cla_care_plan_end_date", ISO[end])


def _carry_latest_answers(record: Record) -> None:
    """Give every row, from the day a later one is recorded, the later one's answers if it has any, as some LCS extracts do."""
    place = PLAN["lacp_cla_care_plan_json"]
    rows = [row for row in record.rows if row.table == "ssd_cla_care_plan"]
    for earlier, row in enumerate(rows):
        for later in rows[earlier + 1 :]:
            if later.recorded >= row.recorded and later.values[place] != plan_json(()):
                row.changes.append((later.recorded, place, later.values[place]))
        row.changes.sort(key=lambda change: change[0])
