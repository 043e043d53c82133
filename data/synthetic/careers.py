"""The outline of a life: when a child was born, entered care and left it, by which route to permanence.

The county is a steady stream of careers: people whose first entry to care is spread over 24 years, a little denser
towards the end. A child "in care" is drawn again and again until the career is open on the last night, one who "left" until
it closed within six years before. So the stock on earlier month ends follows from the same stream, and needs no story of
its own. Every rate here is invented, set so that the stock comes near the national mix (see ``tests/data/test_synthetic.py``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from .chance import YEAR, Choice, between, birthday, long_tail

WINDOW_YEARS = 24
KEPT_YEARS = 6  # the SSD keeps six years of closed records
GROWTH = 0.02  # yearly growth of entries to care

AGE_BANDS = Choice({(0, 0.9): 17, (1, 5): 16, (5, 10): 16, (10, 16): 28, (16, 17.6): 9, "unaccompanied": 12})
TRACKS = (  # upper age at entry, weights of the routes
    (
        1,
        Choice(
            {
                "adoption": 52,
                "reversed": 2,
                "guardianship": 23,
                "kinship": 6,
                "short": 10,
                "home": 21,
                "parents": 9,
                "fostering": 3,
            }
        ),
    ),
    (
        5,
        Choice(
            {
                "adoption": 30,
                "reversed": 3,
                "guardianship": 20,
                "kinship": 8,
                "short": 16,
                "home": 22,
                "parents": 10,
                "fostering": 10,
            }
        ),
    ),
    (
        10,
        Choice(
            {
                "adoption": 1,
                "guardianship": 14,
                "kinship": 10,
                "short": 22,
                "home": 22,
                "parents": 9,
                "fostering": 23,
                "residential": 3,
            }
        ),
    ),
    (
        16,
        Choice(
            {
                "guardianship": 4,
                "kinship": 7,
                "short": 27,
                "home": 24,
                "fostering": 19,
                "residential": 15,
                "parents": 4,
                "remand": 2,
                "other": 1,
            }
        ),
    ),
    (18, Choice({"supported": 36, "short": 26, "residential": 15, "home": 11, "fostering": 3, "remand": 5, "other": 4})),
)
TO_EIGHTEEN = ("reversed", "kinship", "fostering", "residential", "supported", "unaccompanied")
PROCEEDINGS = {  # share of the route's children with care proceedings
    "adoption": 0.97,
    "reversed": 1,
    "guardianship": 0.93,
    "kinship": 0.85,
    "home": 0.64,
    "parents": 1,
    "fostering": 0.94,
    "residential": 0.76,
    "short": 0.06,
    "supported": 0.25,
    "other": 0.3,
}
EXITS = {
    "adoption": Choice({"E12": 85, "E11": 15}),
    "guardianship": Choice({"E45": 42, "E47": 34, "E46": 6, "E48": 6, "E41": 12}),
    "home": Choice({"E4A": 86, "E4B": 14}),
    "parents": Choice({"E4A": 100}),
    "short": Choice({"E4A": 72, "E4B": 20, "E13": 5, "E8": 3}),
    "remand": Choice({"E14": 75, "E9": 25}),
    "other": Choice({"E3": 40, "E15": 20, "E16": 20, "E8": 20}),
    "eighteen": Choice({"E5": 42, "E6": 14, "E17": 24, "E8": 14, "E7": 6}),
}
RETURNS = {"home": 0.2, "short": 0.22, "guardianship": 0.05, "parents": 0.12}  # share who come into care again
DEATHS = 0.002


@dataclass
class Period:
    """One period of care. Days are ordinals; 0 means never. ``left`` may lie after the last night (then it is not shown)."""

    entered: int
    track: str
    left: int = 0
    reason: str = ""
    entry_status: str = "V2"
    issued: int = 0
    concluded: int = 0
    decided: int = 0  # agency decision that the child should be placed for adoption
    matched: int = 0
    placed: int = 0  # placed for adoption, with parents, in residential care ...: the route's own placement
    reversed: int = 0
    early: bool = False  # early permanence placement
    related: bool = False  # the carers are relatives or friends


@dataclass
class Career:
    born: int
    boy: bool
    unaccompanied: bool = False
    disabled: bool = False
    died: int = 0
    periods: list[Period] = field(default_factory=list)


def _proceedings(rng: Random, period: Period) -> None:
    """Issue and conclusion of care proceedings, and the legal status at entry."""
    if rng.random() >= PROCEEDINGS.get(period.track, 0):
        period.entry_status = "J1" if period.track == "remand" else "L1" if rng.random() < 0.06 else "V2"
        return
    first = rng.random()
    period.entry_status = "L1" if first < 0.1 else "L2" if first < 0.13 else "C1" if first < 0.6 else "V2"
    wait = {"C1": between(rng, -6, 0), "V2": long_tail(rng, 50, 0.9)}.get(period.entry_status, between(rng, 2, 7))
    period.issued = period.entered + wait
    period.concluded = max(period.issued, period.entered) + min(long_tail(rng, 275, 0.38), 900)


def _adoption(rng: Random, period: Period) -> None:
    start = period.concluded or period.entered + between(rng, 150, 330)
    period.concluded = start if period.issued else 0
    period.decided = max(start - between(rng, 10, 45), period.entered + 30)
    period.early = rng.random() < 0.2
    if period.track == "reversed":
        period.reversed = start + between(rng, 220, 700)
        return
    period.matched = start + (between(rng, 15, 70) if period.early else long_tail(rng, 140, 0.95))
    period.placed = period.matched + between(rng, 8, 35)
    period.left = period.placed + between(rng, 150, 350)


def make_period(rng: Random, born: int, entered: int, track: str) -> Period:
    """Draw one period of care of a route, to its end."""
    period = Period(entered, track)
    grown = birthday(born, 18)
    period.related = track == "kinship" or (track == "guardianship" and rng.random() < 0.75) or rng.random() < 0.1
    _proceedings(rng, period)
    concluded = period.concluded
    if track in ("adoption", "reversed"):
        _adoption(rng, period)
    elif track == "guardianship":
        period.left = concluded + between(rng, 0, 60) if concluded else entered + long_tail(rng, 420, 0.5)
    elif track == "home":
        period.left = entered + max(21, long_tail(rng, 240, 0.7))
        if period.concluded > period.left:
            period.concluded = period.left
    elif track == "short":
        period.left = entered + max(2, long_tail(rng, 34, 1.0))
    elif track == "remand":
        period.left = entered + max(5, long_tail(rng, 60, 0.7))
    elif track == "parents":
        period.placed = concluded - between(rng, -90, 160)
        period.left = concluded + max(60, long_tail(rng, 520, 0.7))
    elif track == "kinship" and rng.random() < 0.55:
        period.left = (concluded or entered) + long_tail(rng, 900, 0.5)
        period.reason = "E45"
    elif track == "other":
        period.left = entered + long_tail(rng, 200, 0.8)
    if track == "residential":
        period.placed = entered + (0 if rng.random() < 0.3 else long_tail(rng, 130, 0.9))
    if not period.left or period.left >= grown:
        period.left, period.reason = grown, EXITS["eighteen"](rng)
    elif not period.reason:
        period.reason = EXITS[track](rng)
    period.left = max(period.left, entered + 1)
    if period.issued > period.left:
        period.issued = period.concluded = 0
    return period


def _track(rng: Random, age: float) -> str:
    return next(tracks(rng) for upto, tracks in TRACKS if age < upto)


def draw_career(rng: Random, as_at: int) -> Career:
    """One career of the stream, followed until the day ``as_at`` (later periods of care are not drawn)."""
    years_ago = WINDOW_YEARS * rng.random()
    while rng.random() > (1 + GROWTH) ** -years_ago:
        years_ago = WINDOW_YEARS * rng.random()
    entered = as_at - int(years_ago * YEAR)
    band = AGE_BANDS(rng)
    if band == "unaccompanied":
        career = Career(entered - int(rng.uniform(14.6, 17.7) * YEAR), rng.random() < 0.94, unaccompanied=True)
        career.periods.append(make_period(rng, career.born, entered, "unaccompanied"))
        return career
    low, high = band
    age = low + (high - low) * (rng.random() ** 2.2 if low == 0 else rng.random())
    career = Career(entered - int(age * YEAR), rng.random() < 0.53, disabled=rng.random() < 0.035)
    track = _track(rng, age)
    while True:
        period = make_period(rng, career.born, entered, track)
        career.periods.append(period)
        if period.left > as_at or rng.random() >= RETURNS.get(period.track, 0):
            break
        entered = period.left + max(20, long_tail(rng, 200, 1.0))
        age = (entered - career.born) / YEAR
        if age >= 17.5 or entered > as_at:
            break
        track = _track(rng, age)
    last = career.periods[-1]
    if rng.random() < DEATHS:
        last.left = between(rng, last.entered + 1, last.left)
        last.reason, career.died = "E2", last.left
    return career


def career_in_care(rng: Random, as_at: int) -> Career:
    """A career that is in care on the day ``as_at``."""
    while True:
        career = draw_career(rng, as_at)
        if career.periods[-1].left > as_at:
            return career


def career_that_left(rng: Random, as_at: int) -> Career:
    """A career whose last period of care ended within the six years that are kept."""
    earliest = as_at - int(KEPT_YEARS * YEAR)
    while True:
        career = draw_career(rng, as_at)
        if earliest < career.periods[-1].left <= as_at:
            return career


def sibling_career(rng: Random, elder: Career, as_at: int) -> Career | None:
    """A younger sister or brother who came into care on the same day by the same route, or None where there can be none."""
    first = elder.periods[-1]
    born = elder.born + between(rng, 300, 1900)
    if elder.unaccompanied or elder.died or first.track in ("remand", "supported", "other") or born > first.entered:
        return None
    period = make_period(rng, born, first.entered, first.track)
    for name in ("entry_status", "issued", "concluded", "decided", "matched", "placed", "reversed", "early", "related"):
        setattr(period, name, getattr(first, name))
    if first.track not in TO_EIGHTEEN or first.reason == "E45":
        period.left, period.reason = first.left, first.reason
    if (period.left > as_at) != (first.left > as_at):
        return None
    return Career(born, rng.random() < 0.5, periods=[period])
