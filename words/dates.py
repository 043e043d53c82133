"""How dates and times are said: British on screens, sheets and the command line; ISO in files."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import pandas

from words.numbers import counted

LONDON = ZoneInfo("Europe/London")
BRITISH = "%d/%m/%Y"  # as Python, DuckDB and plotly all read it


@lru_cache(maxsize=10_000)
def british(day: Hashable) -> str:
    """A day as 31/10/2026; nothing for a missing one."""
    return "" if day is None or pandas.isna(day) else f"{day:{BRITISH}}"


def british_short(day: date) -> str:
    """A day as 31/10/26, for a narrow column."""
    return f"{day:%d/%m/%y}"


def british_time(moment: datetime) -> str:
    """A moment in England: 31/10/2026 at 05:12."""
    return f"{moment.astimezone(LONDON):{BRITISH} at %H:%M}"


def british_utc(moment: datetime) -> str:
    """A moment in UTC, to the second: 31/10/2026 05:12:09."""
    return f"{moment.astimezone(UTC):{BRITISH} %H:%M:%S}"


def british_clock(moment: datetime) -> str:
    """The time of day in England: 05:12."""
    return f"{moment.astimezone(LONDON):%H:%M}"


def month(day: date) -> str:
    """A month: October 2026."""
    return f"{day:%B %Y}"


def month_short(day: date) -> str:
    """A month for an axis: Oct 2026."""
    return f"{day:%b %Y}"


def on_axis(day: date) -> str:
    """A day for an axis of a chart on the screen, on two lines: 31 Oct, 2026."""
    return f"{day:%d %b<br>%Y}"


def iso(frame: pandas.DataFrame) -> pandas.DataFrame:
    """A frame with its dates as ISO text, as files carry them."""
    dated = {
        name: column.dt.strftime("%Y-%m-%d") for name, column in frame.items() if pandas.api.types.is_datetime64_any_dtype(column)
    }
    return frame.assign(**dated)


def age_of(published: datetime, moment: datetime) -> str:
    """How long ago: minutes, hours up to two days, then days."""
    minutes = max(0, int((moment - published).total_seconds() // 60))
    if minutes < 120:
        return f"{counted(minutes, 'minute')} ago"
    return f"{counted(minutes // 60, 'hour')} ago" if minutes < 48 * 60 else f"{counted(minutes // 1440, 'day')} ago"
