"""How a list splits, in a line of words."""

from __future__ import annotations

import re

import pandas

from words.labels import RESTRICTED

# A list whose details are each child's own (a day, another number) is not split by them.
KINDS_SHOWN = 8
OF_ITS_OWN = re.compile(r"\d\d/\d\d/\d{4}")


def splits(column: pandas.Series) -> bool:
    """Whether a column says of which kind each row is: a few kinds, none of which is a day of one child's."""
    known = column.dropna()
    return len(known) > 0 and column.nunique(dropna=False) <= KINDS_SHOWN and not known.str.contains(OF_ITS_OWN).any()


def split_words(column: pandas.Series) -> str:
    """How many there are of each thing that a column says, most first; a restricted record says nothing.

    A thing of several parts has commas between them here, so that semicolons stand between the things alone.
    """
    counts = column.astype(object).where(column.notna(), RESTRICTED).value_counts()
    return "; ".join(f"{words.replace('; ', ', ')}: {count:,}" for words, count in counts.items())
