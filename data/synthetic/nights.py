"""Which nights are written: successive days, half months or month ends, the last of them the day ``as_at``."""

from __future__ import annotations

from datetime import date, timedelta

STEPS = ("day", "half-month", "month")


def night_dates(as_at: date, nights: int, step: str = "day") -> list[date]:
    """The dates of the nights, oldest first.

    With the step "month" those before ``as_at`` are the month ends before it, with "half-month" the 15ths too: near enough to one
    another (28 days) for the nights to show since when an option has been the plan.
    """
    if nights < 1:
        raise ValueError(f"nights is {nights}; it must be at least 1")
    if step not in STEPS:
        raise ValueError(f"step is {step!r}; use one of {', '.join(STEPS)}")
    dates = [as_at]
    while len(dates) < nights:
        dates.append(_before(dates[-1], step))
    return dates[::-1]


def _before(day: date, step: str) -> date:
    if step == "day":
        return day - timedelta(days=1)
    if step == "half-month" and day.day > 15:
        return day.replace(day=15)
    return day.replace(day=1) - timedelta(days=1)
