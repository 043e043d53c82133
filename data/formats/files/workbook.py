"""A workbook from other people, opened safely, and its cells as texts: one way for every format, so that a cell means the same in each.

A date is written by its day, a number by its digits, a formula by the value that was stored with it. A formula without one is told apart
from an empty cell, which would say something else.
"""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import NightRefused
from data.formats.files.archive import check_archive

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

KINDS = (".xlsx", ".xlsm")
# Whole numbers in a column of dates are days as Excel counts them, from 1950 to 2099; a number outside these may be a year.
SERIALS = range(18_264, 73_051)
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
MOST_ROWS = 200_000
# What openpyxl raises for a workbook that is none, or is damaged (its own exceptions are Exceptions of no narrower kind).
DAMAGED = (
    zipfile.BadZipFile, zlib.error, RuntimeError, LookupError, ValueError, TypeError, AttributeError, SyntaxError, ArithmeticError,
    EOFError, OSError,
)  # fmt: skip


class NotStored:
    """The one value that stands for a formula whose value is not stored."""


NOT_STORED = NotStored()


@dataclass(frozen=True)
class Book:
    """An opened workbook: ``names`` of its sheets with cells, in order; ``epoch``: the day from which Excel counts its dates."""

    path: Path
    names: tuple[str, ...]
    epoch: datetime
    shown: Workbook
    written: Workbook

    def first_rows(self, name: str, count: int) -> list[list[str]]:
        """The first ``count`` rows of a sheet, as texts. Raises NightRefused for a sheet that cannot be read."""
        return [[self.text(cell) for cell in row] for _, row in zip(range(count), self.rows(name), strict=False)]

    def rows(self, name: str) -> Iterator[list[object]]:
        """Each row of a sheet from the first on: values, and NOT_STORED for a formula without one.

        Raises NightRefused for a sheet that cannot be read to its end, or that has more rows with values than a list can have.
        """
        shown, written = self.shown[name], self.written[name]
        filled = 0
        try:
            for sheet in (shown, written):
                sheet.reset_dimensions()  # a read-only sheet believes the size that the program that wrote it gave
            formulas = written.iter_rows(values_only=True)
            for cells in shown.iter_rows():
                row = _values(cells, next(formulas, ()))
                filled += any(value is not None for value in row)
                if filled > MOST_ROWS:
                    raise NightRefused(
                        f"{self.path.name}, sheet {name}, has more than {MOST_ROWS:,} rows; leave in it what the load needs."
                    )
                yield row
        except DAMAGED as fault:
            raise NightRefused(damaged(self.path, fault, f", sheet {name},")) from None

    def text(self, value: object, kind: str = "text") -> str:
        """A cell as a CSV of the sheet would hold it, in a column of one of the contract's kinds. A formula without a value gives none."""
        return cell_text(value, kind, self.epoch)


def _values(cells: Sequence, formulas: Sequence[object]) -> list[object]:
    values = [cell.value for cell in cells]
    for at, formula in enumerate(formulas[: len(values)]):
        # A formula that gives an empty text ("str") has a value.
        if formula is not None and values[at] is None and cells[at].data_type != "str":
            values[at] = NOT_STORED
    return values


@contextmanager
def open_book(path: Path) -> Iterator[Book]:
    """Open a workbook for reading. Raises NightRefused for a file that is none, or is old or protected, or that should not be unpacked."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    check_can_be_opened(path)
    with ExitStack() as opened, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what a workbook has besides its cells
        try:
            shown, written = (load_workbook(path, read_only=True, data_only=stored) for stored in (True, False))
            opened.callback(shown.close)
            opened.callback(written.close)
            names = tuple(sheet.title for sheet in shown.worksheets)
        except (*DAMAGED, InvalidFileException) as fault:
            raise NightRefused(damaged(path, fault)) from None
        yield Book(path, names, shown.epoch, shown, written)


def check_can_be_opened(path: Path) -> None:
    """Raises NightRefused for a file that is no workbook, an old one, or a zip that should not be opened."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as fault:
        raise NightRefused(f"{path.name} cannot be opened ({fault.strerror}); close it in Excel, and try again.") from None
    if start == OLD_EXCEL:
        raise NightRefused(f"{path.name} is protected by a password, or an old .xls file: save it as .xlsx without a password.")
    check_archive(path)


def damaged(path: Path, fault: Exception, sheet: str = "") -> str:
    """What to say of a workbook that cannot be read. The fault's own words may hold a cell's value, so its kind alone is said."""
    return (
        f"{path.name}{sheet} cannot be read as a workbook ({type(fault).__name__}); open it in Excel and save it as .xlsx again."
    )


def cell_place(place: str, at: int, row: int) -> str:
    """Where a cell is, in words: the column by its letters."""
    from openpyxl.utils import get_column_letter

    return f"{place} cell {get_column_letter(at + 1)}{row}"


def check_stored(row: Sequence[object], places: Sequence[int], place: str, number: int) -> None:
    """Raises NightRefused where one of the cells that are read has a formula without its value."""
    for at in places:
        if at < len(row) and row[at] is NOT_STORED:
            raise NightRefused(
                f"{cell_place(place, at, number)} has a formula whose value is not stored; open the workbook in Excel, save it, and load "
                "it again."
            )


def cell_text(value: object, kind: str, epoch: datetime) -> str:
    """A cell's value as text: dates as 2026-10-31, whole numbers without a point, yes or no as Y or N, white space made single spaces.

    In a column of dates (``kind``) a number is the day that Excel shows for it, counted from ``epoch``.
    """
    if value is None or value is NOT_STORED:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds") if value.time() > time(0) else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time) and kind == "date" and value == time(0):
        return ""  # Excel's day nought: an empty date that was calculated with
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, (int, float)):
        return _number_text(value, kind, epoch)
    return clean(str(value))


def clean(text: str) -> str:
    """A text with its white space made single spaces, and without what keeps Excel from reading it as a number: ``="0012"`` is 0012."""
    spaced = " ".join(re.sub("\0", " ", text).split())
    kept = re.fullmatch('="(.*)"', spaced)
    return kept[1].replace('""', '"').strip() if kept else spaced


def _number_text(value: float, kind: str, epoch: datetime) -> str:
    from openpyxl.utils.datetime import from_excel

    if value != value or abs(value) == float("inf"):
        return repr(value)
    if kind == "date" and int(value) in SERIALS:
        return from_excel(int(value), epoch).strftime("%Y-%m-%d")
    if kind == "date" and value == 0:
        return ""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
