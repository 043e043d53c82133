"""Of fewer than twenty children no share is said, but that they are too few; of nobody, nothing."""

from __future__ import annotations

import pandas
import pytest

from words.few import is_few, share_told, share_words, shares_told
from words.labels import TOO_FEW


@pytest.mark.parametrize(("population", "few"), [(None, True), (pandas.NA, True), (0, True), (19, True), (20, False)])
def test_fewer_than_twenty_are_few(population, few: bool):
    assert is_few(population) is few


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(5, 19, TOO_FEW), (5, 20, "25.0%"), (0, 19, TOO_FEW), (0, 0, ""), (None, 19, ""), (5, None, "")],
)
def test_a_share_is_said_of_twenty_or_more(part: int | None, whole: int | None, said: str):
    assert share_words(part, whole) == said


@pytest.mark.parametrize(
    ("known", "population", "told"), [(25.0, 19, TOO_FEW), (25.0, 20, 25.0), (None, 19, None), (None, 0, None)]
)
def test_a_cell_and_a_column_tell_the_same(known: float | None, population: int, told: float | str | None):
    assert share_told(known, population) == told
    column = shares_told(pandas.Series([known], dtype="Float64"), pandas.Series([population], dtype="Int64"))
    assert [None if pandas.isna(value) else value for value in column] == [told]
