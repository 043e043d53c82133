"""Something due by a day, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


def days(count: int) -> timedelta:
    return timedelta(days=count)


def weeks(count: int) -> timedelta:
    return timedelta(weeks=count)


def first(dates: list[date]) -> date | None:
    return dates[0] if dates else None


@dataclass(frozen=True)
class Due:
    """Since when, by which day (None: no day), and the day it was done (None: not by the reporting date)."""

    since: date
    due: date | None
    done: date | None

    def state(self, as_at: date) -> str:
        if self.done is not None:
            if self.due is None:
                return "done"
            return "done in time" if self.done <= self.due else "done late"
        if self.due is None:
            return "no date"
        return "overdue" if self.due <= as_at else "due"


def standing(asked: list[Due], as_at: date) -> tuple[str, date, date | None, date | None] | None:
    """Of all that a stage asks of a child, what stands for it: the first not done, else the last. None when nothing is asked."""
    if not asked:
        return None
    open_ones = [one for one in asked if one.done is None and one.due is not None]
    one = (
        min(open_ones, key=lambda one: (one.due, -one.since.toordinal()))
        if open_ones
        else max(asked, key=lambda one: (one.due or date.min, one.done or date.min, one.since))
    )
    return one.state(as_at), one.since, one.due, one.done
