"""A column as a place shows it: a page's table, a sheet, a CSV file.

A place names a column of ``words/columns.py``. Where the answer calls it by another name than its meaning there (``since`` is the
day of entry to care on the weekly tracker), the place says so with ``of``. Only a heading that cannot stand in the vocabulary, such
as a stage that the reader chose, is given at the place, with the reason (``because``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from words.columns import Entry, entry


@dataclass(frozen=True)
class Column:
    """A column as a place shows it: its ``word`` in ``COLUMNS``, and what the answer calls it there, where that is another name (``of``).

    Raises KeyError for a word that is not in ``COLUMNS``, ValueError for a heading of the place's own (``given``) without a reason.
    """

    word: str
    of: str = ""
    given: str = ""
    because: str = ""

    def __post_init__(self) -> None:
        entry(self.word)
        if bool(self.given) != bool(self.because):
            raise ValueError(f"The column {self.word} is given a heading of its own; say why (because).")

    @property
    def name(self) -> str:
        """What the answer calls it."""
        return self.of or self.word

    @property
    def entry(self) -> Entry:
        return entry(self.word)

    @property
    def heading(self) -> str:
        return self.given or self.entry.heading


def named(*parts: str | Column) -> tuple[Column, ...]:
    """Columns by their words, or as they are."""
    return tuple(Column(part) if isinstance(part, str) else part for part in parts)


def column_of(name: str, shown: Iterable[Column] = ()) -> Column:
    """An answer's column in a file: as the table beside it has it (``shown``), else by its own name."""
    return next((column for column in shown if column.name == name), None) or Column(name.replace(" ", "_"), of=name)


def heading_of(name: str, shown: Iterable[Column] = ()) -> str:
    """The heading of an answer's column in a file: as the table beside it has it (``shown``), else its own."""
    return column_of(name, shown).heading


def days_word(is_due: bool, has_limit: bool) -> str:
    """Which word the days of a list are: since the due date, over the limit, or on the list where there is no limit."""
    return "days_overdue" if is_due else "days_over" if has_limit else "days_on_list"
