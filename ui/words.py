"""How the tracker says numbers, dates and spans of time. British dates on the screen, one wording everywhere."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pandas

from data.contract.contract import tables
from metrics.engine.absence import NOT_SUPPLIED, Absence

LONDON = ZoneInfo("Europe/London")


def british(day: object) -> str:
    """A day as 31/10/2026; nothing for a missing one."""
    return "" if day is None or pandas.isna(day) else f"{day:%d/%m/%Y}"


def british_time(moment: datetime) -> str:
    """A moment in England: 31/10/2026 at 05:12."""
    return f"{moment.astimezone(LONDON):%d/%m/%Y at %H:%M}"


def british_clock(moment: datetime) -> str:
    """The time of day in England: 05:12."""
    return f"{moment.astimezone(LONDON):%H:%M}"


def number(value: object) -> str:
    """A whole number with its thousands marked; nothing for a missing one."""
    return "" if value is None or pandas.isna(value) else f"{int(value):,}"


def counted(count: int, one: str, many: str | None = None) -> str:
    """1 child, 2 children, 1 record, 1,204 records."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def children(count: int) -> str:
    return counted(count, "child", "children")


def figure(count: int | None, absence: Absence | None = None) -> str:
    """A figure as a tile or cell shows it: never nought where there is none, but the words for why (``absence``)."""
    if count is None or pandas.isna(count):
        return absence.word if absence else NOT_SUPPLIED
    return number(count)


def share(part: int | None, whole: int | None) -> str:
    """A share in per cent, to one place; nothing where there is none."""
    if part is None or not whole or pandas.isna(part) or pandas.isna(whole):
        return ""
    return f"{part * 100 / whole:.1f} %"


def change(difference: int | None, since: date) -> str:
    """How a figure moved since a day."""
    if difference is None:
        return f"no figure at {british(since)} to compare with"
    if difference == 0:
        return f"no change since {british(since)}, as now known"
    return f"{abs(difference):,} {'more' if difference > 0 else 'fewer'} than at {british(since)}, as now known"


def age_of(published: datetime, context: datetime) -> str:
    """How long ago: minutes, hours up to two days, then days."""
    minutes = max(0, int((context - published).total_seconds() // 60))
    if minutes < 120:
        return f"{counted(minutes, 'minute')} ago"
    return f"{counted(minutes // 60, 'hour')} ago" if minutes < 48 * 60 else f"{counted(minutes // 1440, 'day')} ago"


def titles(table_names: tuple[str, ...]) -> str:
    """The extracts' titles in a row; a name such as 'a or b' is two of them."""
    return ", ".join(" or ".join(tables()[name].title for name in entry.split(" or ")) for entry in table_names)
