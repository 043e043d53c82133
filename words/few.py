"""Of how few children a share or a change says nothing, and what stands in its place: the same on pages and on paper."""

from __future__ import annotations

import pandas

from words.labels import TOO_FEW
from words.numbers import share

FEWEST_IN_CARE = 20  # below it a change is not told from chance


FEW = f"{TOO_FEW.capitalize()}: fewer than {FEWEST_IN_CARE} children."


def is_few(population: int | None) -> bool:
    """Whether there are so few children that nobody can tell; nobody at all are few, and so are children who are not known."""
    return population is None or bool(pandas.isna(population)) or population < FEWEST_IN_CARE


def share_words(part: int | None, whole: int | None) -> str:
    """A share in per cent; of too few children, that they are; nothing where there is none."""
    said = share(part, whole)
    return TOO_FEW if said and is_few(whole) else said


def share_told(known: float | None, population: int | None) -> float | str | None:
    """A share as a cell holds it: of too few children, that they are; None where there is none."""
    return TOO_FEW if known is not None and is_few(population) else known


def shares_told(known: pandas.Series, populations: pandas.Series) -> pandas.Series:
    """A column of shares as a table and its file hold it: ``share_told`` of each."""
    return known.astype(object).mask(known.notna() & (populations < FEWEST_IN_CARE).fillna(False), TOO_FEW)
