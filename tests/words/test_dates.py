"""How dates and spans of time are said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pandas
import pytest

from words import dates

NOW = datetime(2026, 11, 1, 6, 0, tzinfo=UTC)


def test_a_day_is_british_and_a_missing_one_nothing():
    assert dates.british(date(2026, 10, 3)) == "03/10/2026"
    assert dates.british(pandas.NaT) == dates.british(None) == ""


def test_a_moment_is_told_by_the_clocks_of_england():
    assert dates.british_time(datetime(2026, 7, 1, 4, 5, tzinfo=UTC)) == "01/07/2026 at 05:05"
    assert dates.british_time(datetime(2026, 12, 1, 4, 5, tzinfo=UTC)) == "01/12/2026 at 04:05"
    assert dates.british_clock(datetime(2026, 7, 1, 23, 5, tzinfo=UTC)) == "00:05"


@pytest.mark.parametrize(
    ("age", "said"),
    [
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=119), "119 minutes ago"),
        (timedelta(hours=2), "2 hours ago"),
        (timedelta(hours=47, minutes=59), "47 hours ago"),
        (timedelta(hours=48), "2 days ago"),
        (timedelta(seconds=-5), "0 minutes ago"),
    ],
)
def test_the_age_of_a_load_is_said_in_the_unit_that_fits(age: timedelta, said: str):
    assert dates.age_of(NOW - age, NOW) == said


def test_a_file_has_iso_dates_and_the_frame_given_stays_as_it_was():
    frame = pandas.DataFrame({"since": pandas.to_datetime(["2026-10-31", None]), "days": [1, 2]})
    assert dates.iso(frame)["since"].tolist()[0] == "2026-10-31" and pandas.isna(dates.iso(frame)["since"][1])
    assert frame["since"].dtype.kind == "M"
