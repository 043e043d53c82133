"""The sheets of an Annex A workbook as CSV files of the columns that are read, a line a row, so that a row keeps its number.

What a cell holds is written as it is: a date by its day, a number by its digits, a formula by the value that was stored with it. A formula
without one is refused, since an empty cell would say something else.
"""

from __future__ import annotations

import csv
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from data.contract.contract import Column, Table
from data.errors import NightRefused
from data.formats.annex_a.headings import Headings, find_headings, fits, likeness, list_tables
from data.formats.files.archive import check_archive

KINDS = (".xlsx", ".xlsm")
SHEET = re.compile(r"\blist[\s_.\-]*0?(\d{1,2})\b", re.IGNORECASE)
LOOKED_AT = 20  # rows in which the headings are looked for: some workbooks have a title above them
# Whole numbers in a column of dates are days as Excel counts them, from 1950 to 2099; a number outside these may be a year.
SERIALS = range(18_264, 73_051)
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
PREFIX = re.compile(r"^\(?[A-Za-z]{1,2}\)\s*")
# What openpyxl raises for a workbook that is none, or is damaged.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, RuntimeError, LookupError, ValueError, TypeError, AttributeError, SyntaxError,
    ArithmeticError, EOFError, OSError,
)  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """A list of the workbook: its table, sheet and headings, its rows as a CSV file, and how many."""

    table: Table
    name: str
    headings: Headings
    path: Path
    rows: int


def is_workbook(path: Path) -> bool:
    """Whether a file is an Annex A workbook, by the names of its sheets: it has a List 8."""
    if path.suffix.lower() not in KINDS or path.name.startswith("~$"):
        return False
    try:
        with zipfile.ZipFile(path) as archive, archive.open("xl/workbook.xml") as file:
            names = re.findall(r'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"', file.read(1 << 20).decode("utf-8", errors="replace"))
    except DAMAGED:
        return False  # whoever reads the file says what is wrong with it
    return any(_number(name) == 8 for name in names)


def read_sheets(path: Path, folder: Path) -> tuple[list[Sheet], list[str]]:
    """Write the lists of a workbook that are read as CSV files into ``folder``: the lists, and the names of the sheets that are not.

    Raises NightRefused for a workbook that cannot be opened, has no List 8, or has a list whose headings or formulas cannot be used.
    """
    check_can_be_opened(path)
    try:
        shown, written = (load_workbook(path, read_only=True, data_only=stored) for stored in (True, False))
    except DAMAGED as fault:
        raise NightRefused(_damaged(path, fault)) from None
    try:
        places = _find_sheets(path, shown)
        sheets = [_write(path, table, shown, written, name, folder) for table, name in places.items()]
    except NightRefused:
        raise
    except DAMAGED as fault:
        raise NightRefused(_damaged(path, fault)) from None
    finally:
        shown.close()
        written.close()
    return sheets, [name for name in shown.sheetnames if name not in places.values()]


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


def _find_sheets(path: Path, book: Workbook) -> dict[str, str]:
    """{table: sheet}: by the sheet's name, and where no name says it, by its headings."""
    found: dict[str, str] = {}
    for table in list_tables():
        number = int(table.rpartition("_")[2])
        names = [name for name in book.sheetnames if _number(name) == number]
        if len(names) > 1:
            raise NightRefused(
                f"{path.name} has two sheets for List {number}: {names[0]} and {names[1]}; leave one of them in it."
            )
        if not names:
            unnamed = [name for name in book.sheetnames if _number(name) is None and name not in found.values()]
            names = [name for name in unnamed if any(fits(table, row) for row in _first_rows(book, name))][:1]
        if names:
            found[table] = names[0]
    if "annex_a_list_8" not in found:
        raise NightRefused(
            f"{path.name} has no sheet List 8 (children in care), which every data load needs; its sheets are "
            f"{', '.join(book.sheetnames[:15])}. Name the sheet List 8."
        )
    return found


def _number(sheet: str) -> int | None:
    found = SHEET.search(sheet)
    return int(found[1]) if found else None


def _first_rows(book: Workbook, name: str) -> Iterator[list[str]]:
    sheet = book[name]
    if not hasattr(sheet, "iter_rows"):
        return  # a sheet that is a chart
    sheet.reset_dimensions()
    for cells in sheet.iter_rows(max_row=LOOKED_AT, values_only=True):
        yield [_heading(cell) for cell in cells]


def _heading(cell: object) -> str:
    return " ".join(str(cell).split()) if isinstance(cell, str) else ""


def _write(path: Path, table_name: str, shown: Workbook, written: Workbook, name: str, folder: Path) -> Sheet:
    table, place = list_tables()[table_name], f"{path.name}, sheet {name},"
    above = list(_first_rows(shown, name))
    best = max(range(len(above)), key=lambda at: likeness(table_name, above[at]), default=None)
    if best is None or not any(above[best]):
        raise NightRefused(
            f"{place} has no headings in its first {LOOKED_AT} rows; give it Annex A's headings, or take the sheet out."
        )
    headings = find_headings(table_name, above[best], place)
    # A row at fault is named by this file's name and row, so both are as they stand in the workbook.
    target, rows, blank = folder / f"{path.name}, {name}", 0, best
    columns = [(table.column(name), at) for name, at in headings.positions.items()]
    written[name].reset_dimensions()
    formulas = written[name].iter_rows(min_row=best + 2, values_only=True)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(headings.positions)
        for row, cells in enumerate(shown[name].iter_rows(min_row=best + 2), start=best + 2):
            stored = next(formulas, ())
            _check_stored(cells, stored, headings.positions.values(), place, row)
            texts = [_text(cells[at].value if at < len(cells) else None, column, shown.epoch) for column, at in columns]
            if any(texts):
                # Blank rows keep their place; those at the end are not there.
                file.write("\n" * blank)
                writer.writerow(texts)
                rows, blank = rows + 1, 0
            else:
                blank += 1
    return Sheet(table, name, headings, target, rows)


def _check_stored(cells: tuple, formulas: tuple, places: Iterable[int], place: str, row: int) -> None:
    """Raises NightRefused for a formula without its value. One that gives an empty text ("str") has it."""
    for at in places:
        if at < len(formulas) and formulas[at] is not None and cells[at].value is None and cells[at].data_type != "str":
            raise NightRefused(
                f"{place} cell {get_column_letter(at + 1)}{row} has a formula whose value is not stored; open the workbook in Excel, save "
                "it, and load it again."
            )


def _text(cell: object, column: Column, epoch: datetime) -> str:
    kind = column.kind
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds") if cell.time() > time(0) else cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time) and kind == "date" and cell == time(0):
        return ""  # Excel's day nought: an empty date that was calculated with
    if isinstance(cell, bool):
        return "Y" if cell else "N"
    if isinstance(cell, (int, float)):
        return _number_text(cell, kind, epoch)
    text = " ".join(str(cell).replace("\0", " ").split())
    return PREFIX.sub("", text) if kind == "flag" or column.name == "ethnicity" else text


def _number_text(cell: float, kind: str, epoch: datetime) -> str:
    if kind == "date" and int(cell) in SERIALS:
        return from_excel(int(cell), epoch).strftime("%Y-%m-%d")
    if kind == "date" and cell == 0:
        return ""
    return str(int(cell)) if cell == int(cell) and abs(cell) < 1e15 else repr(cell)


def _damaged(path: Path, fault: Exception) -> str:
    return (
        f"{path.name} cannot be read as a workbook ({type(fault).__name__}: {str(fault)[:120]}); open it in Excel and save it as .xlsx "
        "again."
    )
