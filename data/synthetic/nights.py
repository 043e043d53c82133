"""Which nights are written: successive days or month ends, the last of them the day ``as_at``."""

from __future__ import annotations

from datetime import date, timedelta

STEPS = ("day", "month")


def night_dates(as_at: date, nights: int, step: str = "day") -> list[date]:
    """The dates of the nights, oldest first. With the step "month" those before ``as_at`` are the month ends before it."""
    if nights < 1:
        raise ValueError(f"nights is {nights}; at least one night is written")
    if step not in STEPS:
        raise ValueError(f"step is {step!r}; use one of {', '.join(STEPS)}")
    dates = [as_at]
    while len(dates) < nights:
        last = dates[-1]
        dates.append(last - timedelta(days=1) if step == "day" else last.replace(day=1) - timedelta(days=1))
    return dates[::-1]
