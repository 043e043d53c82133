"""The bank holidays of the product are those of the library, which a newer one may correct or add to."""

from __future__ import annotations

from datetime import date

from data.calendar import BANK_HOLIDAYS, bank_holidays
from tests.data.bank_holidays import as_text


def test_the_bank_holidays_are_those_of_the_library():
    assert BANK_HOLIDAYS.read_text(encoding="utf-8") == as_text(), "run: python -m tests.data.bank_holidays"


def test_they_are_days_in_order_each_once_with_those_that_were_moved_or_added():
    days = bank_holidays()
    assert list(days) == sorted(set(days)) and (days[0].year, days[-1].year) == (2000, 2045)
    # The coronation; Christmas Day on a Saturday is kept on the Monday, and Boxing Day on the Tuesday.
    assert {date(2023, 5, 8), date(2021, 12, 27), date(2021, 12, 28), date(2026, 12, 25), date(2026, 12, 28)} <= set(days)
    assert {date(2026, 12, 24), date(2026, 12, 29)}.isdisjoint(days)
