"""How a list splits, in a line of words."""

from __future__ import annotations

import pandas

from words.labels import RESTRICTED


def split_words(column: pandas.Series) -> str:
    """How many there are of each thing that a column says, most first; a restricted record says nothing.

    A thing of several parts has commas between them here, so that semicolons stand between the things alone.
    """
    counts = column.astype(object).where(column.notna(), RESTRICTED).value_counts()
    return "; ".join(f"{words.replace('; ', ', ')}: {count:,}" for words, count in counts.items())
