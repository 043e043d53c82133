"""How a list splits: things of several parts are told apart, and a restricted record says nothing."""

from __future__ import annotations

import pandas

from ui.components.split import KINDS_SHOWN, split_words, splits
from words.labels import RESTRICTED


def test_semicolons_stand_between_the_things_that_are_counted():
    column = pandas.Series(["not yet due; no plan recorded"] * 2 + ["overdue; plan ended", None])
    assert split_words(column) == f"not yet due, no plan recorded: 2; overdue, plan ended: 1; {RESTRICTED}: 1"


def test_a_list_is_split_by_kinds_and_not_by_what_is_each_childs_own():
    assert splits(pandas.Series(["matched", "not matched", None]))
    assert not splits(pandas.Series(["final hearing on 21/08/2026; review before it on 04/08/2026"]))
    assert not splits(pandas.Series([str(number) for number in range(KINDS_SHOWN + 1)]))
    assert not splits(pandas.Series([None, None], dtype=object)) and not splits(pandas.Series([], dtype=object))
