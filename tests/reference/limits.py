"""A council's own dated limits, on a list and on a milestone; and what began before the records or before the policy."""

from __future__ import annotations

from datetime import date, timedelta

from tests.reference.days import add_months
from tests.reference.salford_facts import working_days_after

# (the first day the limit holds, how long, in which unit)
Limit = tuple[date, int, str]


def reached(since: date, amount: int, unit: str) -> date:
    """The day on which a clock has run so long."""
    if unit == "months":
        return add_months(since, amount)
    if unit == "working_days":
        return working_days_after(since, amount)
    return since + timedelta(days=amount * {"weeks": 7, "days": 1}[unit])


def holding(limits: list[Limit], day: date) -> Limit | None:
    """The latest of the limits that have begun by the day."""
    begun = [limit for limit in limits if limit[0] <= day]
    return max(begun) if begun else None


def milestone(answer: tuple, day: date, limits: list[Limit]) -> tuple[date, date, date | None, str]:
    """(since, due, done, state) under the limits: that of the day it was done, or, while it is not done, of the day itself."""
    since, due, done, _ = answer
    limit = holding(limits, done or day)
    if limit and due:
        due = reached(since, *limit[1:])
    if done:
        return since, due, done, "done in time" if done <= due else "done late"
    return since, due, None, "overdue" if due <= day else "due"


def began(started: date, records_from: date | None, applies_from: date | None) -> str | None:
    """What began before the records cannot be judged; what began before the policy applied is not judged by it."""
    if records_from and started < records_from:
        return "before the records"
    return "before the policy" if applies_from and started < applies_from else None


def apart(answer: tuple, records_from: date | None, applies_from: date | None = None) -> tuple:
    """A milestone's (since, due, done, state), its state that of the backlog where it started before either day."""
    return (*answer[:3], began(answer[0], records_from, applies_from) or answer[3], *answer[4:])
