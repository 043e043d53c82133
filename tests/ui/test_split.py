"""How a list splits: things of several parts are told apart, and a restricted record says nothing."""

from __future__ import annotations

import pandas

from ui.components.split import split_words
from words.labels import RESTRICTED


def test_semicolons_stand_between_the_things_that_are_counted():
    column = pandas.Series(["not yet due; no plan recorded"] * 2 + ["overdue; plan ended", None])
    assert split_words(column) == f"not yet due, no plan recorded: 2; overdue, plan ended: 1; {RESTRICTED}: 1"
