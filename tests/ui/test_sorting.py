"""The order of a list: numbers by value, days by date, words whatever their case; what is missing or hidden last, either way."""

from __future__ import annotations

from datetime import date

import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.components.sorting import direction, ordered
from ui.components.tables import Column
from words.labels import RESTRICTED_RECORD

FRAME = pandas.DataFrame(
    {
        "child_id": ["b", RESTRICTED_RECORD, "A", "c", "a"],
        "age": pandas.array([9, None, 10, None, 9], dtype="Int64"),
        "since": pandas.to_datetime(["2026-10-31", None, "2026-02-28", "2025-12-31", "2026-10-31"]),
    }
)


@pytest.mark.parametrize(
    ("order", "places"),
    [
        ("", [0, 1, 2, 3, 4]),
        ("child_id", [2, 4, 0, 3, 1]),
        ("-child_id", [3, 0, 2, 4, 1]),
        ("age", [0, 4, 2, 1, 3]),
        ("-age", [2, 0, 4, 1, 3]),
        ("since", [3, 2, 0, 4, 1]),
        ("-since", [0, 4, 2, 3, 1]),
    ],
)
def test_rows_come_in_the_order_asked_for(order: str, places: list[int]):
    assert list(ordered(FRAME, order).index) == places


def test_days_held_as_dates_sort_as_days():
    frame = pandas.DataFrame({"due_date": [date(2026, 10, 31), None, date(2025, 1, 1)]})
    assert list(ordered(frame, "due_date").index) == [2, 0, 1]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(-50, 50), st.text(max_size=3))), st.booleans())
def test_no_row_is_lost_or_doubled_and_equal_rows_keep_their_order(values: list, down: bool):
    frame = pandas.DataFrame({"detail": pandas.Series(values, dtype=object)})
    found = ordered(frame, "-detail" if down else "detail")
    assert sorted(found.index) == list(range(len(values)))
    same: dict = {}
    for place, value in zip(found.index, found["detail"], strict=True):
        key = value.casefold() if isinstance(value, str) else value
        assert same.get((type(value).__name__, key), -1) < place
        same[(type(value).__name__, key)] = place


def test_a_heading_says_how_the_list_is_sorted():
    age = Column("age")
    assert (direction(age, "age"), direction(age, "-age"), direction(age, ""), direction(age, "plan")) == (
        "ascending",
        "descending",
        None,
        None,
    )
