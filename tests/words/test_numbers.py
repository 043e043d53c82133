"""How numbers are said."""

from __future__ import annotations

import pandas
import pytest

from words import numbers


@pytest.mark.parametrize(("count", "said"), [(0, "0 children"), (1, "1 child"), (2, "2 children"), (1204, "1,204 children")])
def test_a_count_of_children_is_said_in_the_right_number(count: int, said: str):
    assert numbers.children(count) == said


@pytest.mark.parametrize(("count", "said"), [(0, "have"), (1, "has"), (2, "have")])
def test_one_has_and_others_have(count: int, said: str):
    assert numbers.has(count) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"), [(1, 3, "33.3%"), (0, 3, "0.0%"), (0, 0, ""), (None, 3, ""), (pandas.NA, 3, "")]
)
def test_a_share_has_one_place_and_needs_a_whole(part, whole, said: str):
    assert numbers.share(part, whole) == said


@pytest.mark.parametrize(("value", "said"), [(1204, "1,204"), (0, "0"), (None, ""), (pandas.NA, ""), (float("nan"), "")])
def test_a_number_marks_its_thousands_and_a_missing_one_is_nothing(value, said: str):
    assert numbers.number(value) == said
