"""The periods of a council's scorecard: financial years (April to March), their quarters, and the days on which a stock is taken."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

PREVIOUS_YEARS = 4
COMPARED, NOW, TO_DATE = "compared", "now", "to date"


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both counted. A stock is taken at the close of the last day."""

    id: str
    first_date: date
    last_date: date


def financial_year(day: date) -> int:
    """The year in which the financial year of a day began."""
    return day.year if day.month >= 4 else day.year - 1


def year(start: int) -> Period:
    return Period(f"{start}/{(start + 1) % 100:02}", date(start, 4, 1), date(start + 1, 3, 31))


def previous_years(as_at: date) -> tuple[Period, ...]:
    """The four financial years before that of the reporting date, oldest first."""
    this = financial_year(as_at)
    return tuple(year(start) for start in range(this - PREVIOUS_YEARS, this))


def quarters(as_at: date) -> tuple[Period, ...]:
    """The four quarters of the reporting date's financial year, complete or not."""
    this = financial_year(as_at)
    starts = (date(this, 4, 1), date(this, 7, 1), date(this, 10, 1), date(this + 1, 1, 1), date(this + 1, 4, 1))
    name = year(this).id
    return tuple(
        Period(f"{name} Q{number}", first, following - timedelta(days=1))
        for number, (first, following) in enumerate(zip(starts, starts[1:], strict=False), start=1)
    )


def complete(periods: Iterable[Period], as_at: date) -> tuple[Period, ...]:
    """The periods that are over at the close of the reporting date: figures of a part would give the rest away by subtraction."""
    return tuple(period for period in periods if period.last_date <= as_at)


def to_date(as_at: date) -> Period | None:
    """The complete quarters of this year together, None where there is none yet. One quarter is that quarter, and four are the year."""
    done = complete(quarters(as_at), as_at)
    if len(done) in (0, 1):
        return done[0] if done else None
    this = year(financial_year(as_at))
    return (
        this
        if done[-1].last_date == this.last_date
        else Period(f"{this.id} to Q{len(done)}", this.first_date, done[-1].last_date)
    )


def between(before: date, last: date) -> Period:
    """From the day after one day on which children are counted to the next such day; never printed."""
    return Period(f"{before.isoformat()} to {last.isoformat()}", before + timedelta(days=1), last)


def named(name: str) -> Period:
    """The year, the quarter or the year so far of that name."""
    this, *quarter = re.split(r" (?:to )?Q", name)
    whole = year(int(this[:4]))
    if not quarter:
        return whole
    last = quarters(whole.first_date)[int(quarter[0]) - 1]
    return Period(name, whole.first_date if " to " in name else last.first_date, last.last_date)


@cache
def one_name(text: str) -> str:
    """A period's name as it is now: earlier versions wrote *2025/26 to Q4* for a year and *2025/26 to Q1* for its first quarter."""
    return re.sub(r"^(\d{4}/\d{2}) to Q4$", r"\1", re.sub(r"^(\d{4}/\d{2}) to Q1$", r"\1 Q1", text))


def last_year_end(as_at: date) -> Period:
    """The latest financial year that is over at the close of the reporting date."""
    this = year(financial_year(as_at))
    return this if this.last_date == as_at else year(financial_year(as_at) - 1)
