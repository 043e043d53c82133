"""Bank holidays in England, from the library that keeps them, and the years that working days are counted over."""

from __future__ import annotations

from datetime import date
from functools import cache

import holidays

FIRST, LAST = date(2000, 1, 1), date(2045, 12, 31)


@cache
def bank_holidays() -> tuple[date, ...]:
    """Every bank holiday from ``FIRST`` to ``LAST``."""
    return tuple(holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST.year, LAST.year + 1)))
