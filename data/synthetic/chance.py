"""Days and chance: the small tools with which invented lives are drawn.

Days are whole numbers (``date.toordinal``) while a life is drawn, and text only when a row is written.
"""

from __future__ import annotations

from bisect import bisect
from datetime import date
from itertools import accumulate
from random import Random

from data.calendar import bank_holidays

YEAR = 365.25

# How long after the event the record is made: (share of records up to here, fewest days, most days). Invented: most
# within days, a tail of weeks and months, as any panel that compares two extracts has seen.
LATE_RECORDING = ((0.70, 0, 3), (0.92, 3, 14), (0.985, 14, 60), (1.0, 60, 200))


class Texts(dict):
    """Text of a day in one format, made once: ``ISO[ordinal]``. ``None`` and 0 (no such day) are the empty text."""

    def __init__(self, form: str) -> None:
        super().__init__({None: "", 0: ""})
        self.form = form

    def __missing__(self, day: int) -> str:
        text = self[day] = date.fromordinal(day).strftime(self.form)
        return text


ISO = Texts("%Y-%m-%d")
BRITISH = Texts("%d/%m/%Y")
TIMED = Texts("%Y-%m-%d 00:00:00")


CLOSED = frozenset(day.toordinal() for day in bank_holidays())


class WorkingDays(dict):
    """The working day nearest to a day in one direction, found once; a working day is its own. ``None`` and 0 (no such day) stay 0."""

    def __init__(self, step: int) -> None:
        super().__init__({None: 0, 0: 0})
        self.step = step

    def __missing__(self, day: int) -> int:
        found = day
        while (found + 6) % 7 > 4 or found in CLOSED:
            found += self.step
        self[day] = found
        return found


# What people book falls on a working day: ``ON_OR_AFTER[ordinal]``, ``ON_OR_BEFORE[ordinal]``.
ON_OR_AFTER = WorkingDays(1)
ON_OR_BEFORE = WorkingDays(-1)


class Choice:
    """One of several values, by weight."""

    def __init__(self, weights: dict) -> None:
        total = sum(weights.values())
        self.values = tuple(weights)
        self.steps = tuple(step / total for step in accumulate(weights.values()))[:-1]

    def __call__(self, rng: Random):
        return self.values[bisect(self.steps, rng.random())]


def between(rng: Random, low: float, high: float) -> int:
    """A whole number of days from low to high, both possible."""
    return int(low + rng.random() * (high - low + 1))


def long_tail(rng: Random, typical: float, spread: float) -> int:
    """Days about a typical number, with a long tail to the right (log-normal)."""
    return int(typical * rng.lognormvariate(0, spread))


def lag(rng: Random) -> int:
    """Days from an event to its record."""
    drawn = rng.random()
    before = 0.0
    for upto, low, high in LATE_RECORDING:
        if drawn < upto:
            return low + int((drawn - before) / (upto - before) * (high - low + 1))
        before = upto
    return high


def birthday(born: int, years: int) -> int:
    """The day a person turns ``years``; a child born on 29 February turns on 1 March in other years."""
    on = date.fromordinal(born)
    try:
        return on.replace(year=on.year + years).toordinal()
    except ValueError:
        return date(on.year + years, 3, 1).toordinal()
