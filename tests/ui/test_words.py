"""How numbers, dates and spans of time are said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pandas
import pytest

from ui import words

NOW = datetime(2026, 11, 1, 6, 0, tzinfo=UTC)


def test_a_day_is_british_and_a_missing_one_nothing():
    assert words.british(date(2026, 10, 3)) == "03/10/2026"
    assert words.british(pandas.NaT) == words.british(None) == ""


def test_a_moment_is_told_by_the_clocks_of_england():
    assert words.british_time(datetime(2026, 7, 1, 4, 5, tzinfo=UTC)) == "01/07/2026 at 05:05"
    assert words.british_time(datetime(2026, 12, 1, 4, 5, tzinfo=UTC)) == "01/12/2026 at 04:05"


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 children"), (1, "1 child"), (2, "2 children"), (1204, "1,204 children")],
)
def test_a_count_of_children_is_said_in_the_right_number(count: int, said: str):
    assert words.children(count) == said


def test_what_was_not_supplied_is_not_nought():
    assert words.figure(None) == words.figure(pandas.NA) == "not supplied"
    assert words.figure(0) == "0"


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(1, 3, "33.3 %"), (0, 3, "0.0 %"), (0, 0, ""), (None, 3, ""), (pandas.NA, 3, "")],
)
def test_a_share_has_one_place_and_needs_a_whole(part, whole, said: str):
    assert words.share(part, whole) == said


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (3, "3 more than at 30/09/2026, as now known"),
        (-1, "1 fewer than at 30/09/2026, as now known"),
        (0, "no change since 30/09/2026, as now known"),
        (None, "no figure at 30/09/2026 to compare with"),
    ],
)
def test_a_change_is_said_in_words(difference, said: str):
    assert words.change(difference, date(2026, 9, 30)) == said


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
def test_the_age_of_a_night_is_said_in_the_unit_that_fits(age: timedelta, said: str):
    assert words.age_of(NOW - age, NOW) == said


def test_extracts_are_named_by_their_titles():
    assert words.titles(("ssd_cla_care_plan", "ssd_permanence or local_carer_matches")) == (
        "Care plans, Permanence: adoption decisions, orders, matches or Matches with carers (local)"
    )
