"""The engine's answers as plain values."""

from __future__ import annotations

import warnings
from datetime import date, datetime

import numpy
import pandas
import pytest

from metrics.engine.plain import COUNT, COUNT_OR_NONE, DAY, TEXT, plain_columns, typed_frame


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        # In summer England's midnight is 23:00 UTC of the day before.
        ("2026-07-14T22:59:59+00:00", date(2026, 7, 14)),
        ("2026-07-14T23:00:00+00:00", date(2026, 7, 15)),
        ("2026-07-15T00:00:00+00:00", date(2026, 7, 15)),
        # The clocks go back on 25 October 2026: by that midnight the two are the same.
        ("2026-10-24T23:00:00+00:00", date(2026, 10, 25)),
        ("2026-10-25T23:30:00+00:00", date(2026, 10, 25)),
        ("2026-12-31T23:59:59+00:00", date(2026, 12, 31)),
        ("2027-01-01T00:00:00+00:00", date(2027, 1, 1)),
        # The clocks go forward on 28 March 2027.
        ("2027-03-27T23:30:00+00:00", date(2027, 3, 27)),
        ("2027-03-28T23:00:00+00:00", date(2027, 3, 29)),
    ],
)
def test_a_moment_is_the_day_that_it_was_in_england_and_nothing_warns(moment, day):
    frame = pandas.DataFrame({"frozen_at": [datetime.fromisoformat(moment), None]})
    assert frame["frozen_at"].dt.tz is not None
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert plain_columns(frame) == {"frozen_at": [day, None]}


def test_a_day_without_a_time_zone_stays_that_day():
    frame = pandas.DataFrame({"since": [pandas.Timestamp("2026-07-14"), pandas.NaT], "children": [1, 2]})
    assert plain_columns(frame) == {"since": [date(2026, 7, 14), None], "children": [1, 2]}


@pytest.mark.parametrize("storage", ["pyarrow", "python"])
@pytest.mark.parametrize("words", [[], [None], ["Beta", None, "Zoë", "<NA>", "nan", "", "Alpha"]])
def test_text_is_as_it_was_written_and_a_missing_one_none_however_it_is_kept(words, storage):
    kind = pandas.StringDtype(storage, na_value=numpy.nan)
    frame = pandas.DataFrame({"team": pandas.array(words, dtype=kind)})
    assert plain_columns(frame) == {"team": words}
    # As a list is when it has been filtered, turned round or put together.
    assert plain_columns(frame[frame["team"].notna()]) == {"team": [word for word in words if word is not None]}
    assert plain_columns(frame.iloc[::-1]) == {"team": words[::-1]}
    assert plain_columns(pandas.concat([frame, frame])) == {"team": words * 2}


@pytest.mark.parametrize("rows", [0, 2])
def test_a_typed_frame_has_the_kinds_that_pandas_gives_by_their_names(rows):
    day = date(2026, 7, 14)
    columns = {"team": ["Alpha", None], "as_at": [day, None], "children": [3, 0], "population": [5, None], "of_more": [1, 1]}
    columns = {name: values[:rows] for name, values in columns.items()}
    kinds = {"as_at": DAY, "team": TEXT, "children": COUNT, "population": COUNT_OR_NONE}
    names = {"as_at": "datetime64[us]", "team": "str", "children": "int64", "population": "Int64"}
    expected = pandas.DataFrame({name: columns[name] for name in names}).astype(names)
    pandas.testing.assert_frame_equal(typed_frame(columns, kinds), expected)
