"""Three versions of one record into one."""

from __future__ import annotations

from casework.records.errors import Conflict
from casework.records.merging import merge


def test_fields_that_one_side_changed_take_that_sides_value():
    merged, conflicts = merge({"a": 1, "b": 1, "c": 1}, {"a": 2, "b": 1, "c": 1}, {"a": 1, "b": 3, "c": 1})
    assert (merged, conflicts) == ({"a": 2, "b": 3, "c": 1}, ())


def test_the_same_change_twice_is_no_conflict():
    assert merge({"a": 1}, {"a": 2}, {"a": 2}) == ({"a": 2}, ())


def test_two_different_changes_of_a_field_are_a_conflict_with_all_three_values():
    assert merge({"a": 1}, {"a": 2}, {"a": 3}) == ({"a": 2}, (Conflict("a", 1, 2, 3),))


def test_a_set_takes_both_sides_additions_and_removals():
    was, theirs, mine = frozenset("ab"), frozenset("abc"), frozenset("bd")
    assert merge({"themes": was}, {"themes": theirs}, {"themes": mine}) == ({"themes": frozenset("bcd")}, ())
