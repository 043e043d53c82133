"""Bank holidays in England, and the years that working days are counted over."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

FIRST, LAST = date(2000, 1, 1), date(2045, 12, 31)
# Written by the library that keeps them (tests/data/bank_holidays.py), which imports those of every country before it tells one.
BANK_HOLIDAYS = Path(__file__).parent / "bank_holidays.csv"


@cache
def bank_holidays() -> tuple[date, ...]:
    """Every bank holiday from ``FIRST`` to ``LAST``, in order."""
    with BANK_HOLIDAYS.open(encoding="utf-8", newline="") as file:
        return tuple(date.fromisoformat(row["day"]) for row in csv.DictReader(file))
