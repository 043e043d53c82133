"""Why a rule has no figure: *not supplied* (an extract did not come) or *not available* (a mistake). Neither is ever zero."""

from __future__ import annotations

import re
from dataclasses import dataclass

import duckdb

from data.contract.contract import titles
from words.labels import NOT_AVAILABLE, NOT_COUNTED, NOT_SUPPLIED

SEPARATOR = ": "
LINE = re.compile(r"^LINE (\d+):", re.MULTILINE)
# What DuckDB found, without its own message, which may quote a value out of a child's record.
FAILED = {
    duckdb.ConversionException: "a value in the extracts cannot be converted to the type that the SQL needs",
    duckdb.OutOfRangeException: "a number or a date in the extracts is out of range",
    duckdb.InvalidInputException: "the SQL cannot use a value in the extracts, for example it divides by zero",
    duckdb.OutOfMemoryException: "it needs more memory than the tracker has",
    duckdb.BinderException: "the SQL names something that this data load does not have",
    duckdb.CatalogException: "the SQL names something that this data load does not have",
}


@dataclass(frozen=True)
class Absence:
    """``word``: what stands where the number would be. ``tables``: the extracts that are lacking, where that is why (a name such as
    *a or b* is either); otherwise ``reason`` says why, as a sentence."""

    word: str
    tables: tuple[str, ...] = ()
    reason: str = ""

    @property
    def why(self) -> str:
        """A whole sentence: what is lacking, or what is wrong."""
        return f"It needs the extract {self._titles()}." if self.tables else self.reason

    @property
    def needs(self) -> str:
        """The same as the end of a line: *needs the extract Reviews*, or the reason."""
        return f"needs the extract {self._titles()}" if self.tables else self.reason

    @property
    def stored(self) -> str:
        """As text, for a night or a frozen panel; ``from_stored`` reads it."""
        return ", ".join(self.tables) if self.tables else f"{self.word}{SEPARATOR}{self.reason}"

    def _titles(self) -> str:
        return titles(self.tables)


def not_available(reason: str) -> Absence:
    return Absence(NOT_AVAILABLE, reason=reason)


def from_stored(text: str | None) -> Absence | None:
    """An absence as a night or a frozen panel keeps it; None where the rule was counted."""
    if not text:
        return None
    for word in (NOT_AVAILABLE, NOT_COUNTED):
        if text.startswith(word + SEPARATOR):
            return Absence(word, reason=text.removeprefix(word + SEPARATOR))
    return Absence(NOT_SUPPLIED, tuple(text.split(", ")))


def failed(file: str, text: str, before: int, error: duckdb.Error) -> Absence:
    """A rule whose SQL failed on the night's rows. ``text``: the measure's file, ``before``: how many lines stood before its SELECT."""
    found = LINE.search(str(error))
    line = int(found.group(1)) - before if found else 0
    where = f"{file}, line {line}" if 0 < line <= text.count("\n") + 1 else file
    words = next(
        (words for kind, words in FAILED.items() if isinstance(error, kind)), "the SQL cannot be run over these extracts"
    )
    return not_available(f"{where}: {words}. Correct the measure, or the record that causes the error.")
