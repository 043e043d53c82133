"""Financial years and quarters on their boundary days."""

from __future__ import annotations

from datetime import date

import pytest

from metrics.strategic.periods import (
    complete,
    financial_year,
    last_year_end,
    named,
    one_name,
    previous_years,
    quarters,
    to_date,
    year,
)


@pytest.mark.parametrize(
    ("day", "start"), [("2026-03-31", 2025), ("2026-04-01", 2026), ("2025-12-31", 2025), ("2028-02-29", 2027)]
)
def test_a_financial_year_begins_on_the_first_of_april(day, start):
    assert financial_year(date.fromisoformat(day)) == start


@pytest.mark.parametrize(
    ("day", "done"),
    [("2026-06-29", 0), ("2026-06-30", 1), ("2026-07-01", 1), ("2026-09-30", 2), ("2026-12-31", 3), ("2027-03-31", 4)],
)
def test_a_quarter_counts_from_the_close_of_its_last_day(day, done):
    as_at = date.fromisoformat(day)
    assert len(complete(quarters(as_at), as_at)) == done
    names = (None, "2026/27 Q1", "2026/27 to Q2", "2026/27 to Q3", "2026/27")
    assert (to_date(as_at).id if done else to_date(as_at)) == names[done], "one quarter is that quarter, and four are the year"


def test_the_quarters_of_a_year_follow_one_another_and_fill_it():
    found = quarters(date(2027, 2, 1))
    assert [(one.first_date.isoformat(), one.last_date.isoformat()) for one in found] == [
        ("2026-04-01", "2026-06-30"),
        ("2026-07-01", "2026-09-30"),
        ("2026-10-01", "2026-12-31"),
        ("2027-01-01", "2027-03-31"),
    ]


@pytest.mark.parametrize("name", ["2026/27", "2026/27 Q1", "2026/27 Q4", "2026/27 to Q2", "2026/27 to Q3"])
def test_a_period_is_found_by_its_name(name):
    found = {one.id: one for day in ("2026-09-30", "2026-12-31") for one in (to_date(date.fromisoformat(day)),)}
    found |= {one.id: one for one in (year(2026), *quarters(date(2026, 4, 1)))}
    assert named(name) == found[name]


@pytest.mark.parametrize(
    ("before", "now"),
    [("2025/26 to Q4", "2025/26"), ("2025/26 to Q1", "2025/26 Q1"), ("2025/26 to Q2", "2025/26 to Q2"), ("2025/26", "2025/26")],
)
def test_a_period_of_an_earlier_version_is_named_as_it_is_now(before, now):
    assert one_name(before) == now


def test_on_31_march_the_year_is_over_and_still_this_year():
    assert last_year_end(date(2026, 3, 31)).id == "2025/26"
    assert last_year_end(date(2026, 3, 30)).id == "2024/25"
    assert [year.id for year in previous_years(date(2026, 3, 31))] == ["2021/22", "2022/23", "2023/24", "2024/25"]
