"""Working days in England: weekends and bank holidays left out, from the library that keeps them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays

FIRST, LAST = date(2000, 1, 1), date(2045, 12, 31)


@cache
def calendar() -> tuple[tuple[date, ...], tuple[int, ...]]:
    """Every day, and how many working days there have been up to and with it."""
    closed = holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST.year, LAST.year + 1))
    days, numbers, number = [], [], 0
    for step in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=step)
        number += day.weekday() < 5 and day not in closed
        days.append(day)
        numbers.append(number)
    return tuple(days), tuple(numbers)
