"""Who came into care and who left, on boundary days and against a reading day by day."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.strategic.flow import flows, moves, reason_of
from metrics.strategic.periods import Period
from tests.deep import examples
from tests.support.builder import Child, records
from tests.support.product import product_connection

QUARTER = Period("Q", date(2026, 4, 1), date(2026, 6, 30))


class Night:
    """As much of an engine as a flow asks for: a cursor over the records."""

    as_at = date(2027, 3, 31)

    def __init__(self, *children: Child) -> None:
        self.connection = product_connection(records(*children))
        self.connection.execute("create or replace temp macro in_force(_s, _e, _d) as _s <= _d and (_e is null or _e > _d)")
        self.connection.execute("create or replace temp macro months_after(_d, _m) as cast(_d + to_months(_m) as date)")

    @contextmanager
    def whole_council(self, why, dates, rules=None):
        yield self.connection


def _all_flows(*children: Child) -> dict:
    return {key[0::2]: count for key, count in flows(Night(*children), [QUARTER], Night.as_at).items()}


def _flows(*children: Child) -> dict:
    """Without the needs of those who came in."""
    return {key: count for key, count in _all_flows(*children).items() if key[0] == "left" or key[1] == "all"}


def test_the_first_and_the_last_day_of_a_quarter_are_in_it_and_the_days_beside_it_are_not():
    found = _flows(
        Child("A", "2015-01-01", None).in_care("2026-03-31", "2026-06-30", ceased="E4A"),
        Child("B", "2015-01-01", None).in_care("2026-04-01", "2026-07-01", ceased="E4A"),
        Child("C", "2015-01-01", None).in_care("2026-06-30"),
        Child("D", "2015-01-01", None).in_care("2026-07-01"),
    )
    assert found == {("entered", "all"): 2, ("left", "all"): 1, ("left", "return_home"): 1}


def test_entry_and_exit_on_one_day_is_no_care():
    assert _flows(Child("A", "2015-01-01", None).in_care("2026-05-01", "2026-05-01", ceased="E8")) == {}


def test_episodes_without_a_day_between_them_are_one_run_and_a_day_between_them_makes_two():
    touching = Child("A", "2015-01-01", None).in_care("2026-04-05", "2026-04-20", ceased="X1").in_care("2026-04-20")
    apart = Child("B", "2015-01-01", None).in_care("2026-04-05", "2026-04-20", ceased="E4A").in_care("2026-04-21")
    assert _flows(touching) == {("entered", "all"): 1}
    assert _flows(apart) == {("entered", "all"): 2, ("left", "all"): 1, ("left", "return_home"): 1}


def test_care_ends_on_the_18th_birthday_and_that_of_29_february_is_1_march():
    assert _flows(Child("A", "2008-05-10", None).in_care("2020-01-01")) == {("left", "all"): 1, ("left", "turned_18"): 1}
    assert _flows(Child("B", "2008-02-29", None).in_care("2020-01-01")) == {}
    assert _flows(Child("C", "2008-05-10", None).in_care("2020-01-01", "2026-05-09", ceased="E11"))[("left", "adoption")] == 1


def test_short_breaks_are_no_coming_into_care():
    assert (
        _flows(Child("A", "2015-01-01", None).in_care("2026-05-01", "2026-05-20").legal("V4", "2026-05-01", "2026-05-20")) == {}
    )


def test_the_reasons_that_are_permanence_are_told_apart():
    codes = ("E11", "E45", "E41", "E4B", "E5", "X1", "", "turned 18")
    assert [reason_of(code) for code in codes] == [
        "adoption",
        "special_guardianship",
        "child_arrangements",
        "return_home",
        "other",
        "not_recorded",
        "not_recorded",
        "turned_18",
    ]


def test_the_need_is_that_with_which_the_child_came_in():
    moved = Child("A", "2015-01-01", None).in_care("2026-04-05", "2026-05-20", ceased="X1").in_care("2026-05-20")
    unknown = Child("B", "2015-01-01", None).in_care("2026-04-05")
    again = Child("C", "2015-01-01", None).in_care("2026-04-05", "2026-04-20", ceased="E4A").in_care("2026-05-01")
    for one, coded in ((moved, ("N1", "N5")), (again, ("N8", "N8"))):
        for episode, need in zip(one.rows["ssd_cla_episodes"], coded, strict=True):
            episode["clae_cla_primary_need_code"] = need
    found = {key[1]: count for key, count in _all_flows(moved, unknown, again).items() if key[0] == "entered"}
    assert found == {"all": 4, "N1": 1, "N8": 2, "not_recorded": 1}


SPANS = st.lists(st.tuples(st.integers(0, 130), st.integers(0, 60)), max_size=5)


# A night asks as much of children as of one, so many are in it, each compared by itself.
@settings(deadline=None, max_examples=examples(10, 100))
@given(st.lists(st.tuples(SPANS, st.integers(0, 160)), min_size=20, max_size=40))
def test_it_counts_as_a_reading_day_by_day_does(lives):
    start, one = date(2026, 3, 1), timedelta(days=1)
    children, came, went = [], {}, {}
    for number, (spans, birthday) in enumerate(lives):
        adult = start + timedelta(days=birthday)
        child = Child(f"C{number}", date(adult.year - 18, adult.month, adult.day), None)
        for first, length in spans:
            child.in_care(start + timedelta(days=first), start + timedelta(days=first + length), ceased="E4A")
        children.append(child)
        days = {start + timedelta(days=day) for first, length in spans for day in range(first, first + length)}
        days = {day for day in days if day < adult}
        came[child.identifier] = sorted(day for day in days if day - one not in days)
        went[child.identifier] = sorted(day + one for day in days if day + one not in days)
    night = Night(*children)
    runs = moves(night, Night.as_at)
    for child in came:
        assert sorted(run.entered for run in runs if run.child_id == child) == came[child]
        assert sorted(run.left for run in runs if run.child_id == child and run.left) == went[child]
    found = flows(night, [QUARTER], Night.as_at)
    for what, read in (("entered", came), ("left", went)):
        in_it = sum(QUARTER.first_date <= day <= QUARTER.last_date for days in read.values() for day in days)
        assert found[(what, QUARTER.id, "all")] == in_it
