"""The sheets of an Annex A workbook as CSV files of the columns that are read, a line a row, so that a row keeps its number.

What a cell holds is told as for every workbook (``data/formats/files/workbook.py``). A formula without its value is refused.
"""

from __future__ import annotations

import csv
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from data.contract.contract import Column, Table
from data.errors import NightRefused, Refusals
from data.formats.annex_a.headings import Headings, find_headings, fits, likeness, list_tables
from data.formats.files.swapped_dates import DateColumns
from data.formats.files.workbook import DAMAGED, KINDS, Book, check_stored, open_book

SHEET = re.compile(r"\blist[\s_.\-]*0?(\d{1,2})\b", re.IGNORECASE)
LOOKED_AT = 20  # rows in which the headings are looked for: some workbooks have a title above them
LIST_8 = "annex_a_list_8"
PREFIX = re.compile(r"^\(?[A-Za-z]{1,2}\)\s*")


@dataclass(frozen=True)
class Sheet:
    """A list of the workbook: its table, sheet and headings, its rows as a CSV file, and how many."""

    table: Table
    name: str
    headings: Headings
    path: Path
    rows: int


@dataclass(frozen=True)
class Unread:
    """An optional list that cannot be read: its table, the file and sheet, and why."""

    table: Table
    place: str
    why: str


@dataclass(frozen=True)
class Lists:
    """The lists of a workbook that are read, the optional ones that cannot be, and the names of its other sheets."""

    sheets: list[Sheet]
    unread: list[Unread]
    others: list[str]


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


def read_sheets(path: Path, folder: Path, refusals: Refusals) -> Lists:
    """Write the lists of a workbook that are read as CSV files into ``folder``. Where the headings or formulas of List 8 cannot be used,
    that is kept in ``refusals``; the other lists are optional.

    Raises NightRefused for a workbook that cannot be opened, or has no List 8.
    """
    with open_book(path) as book:
        places = _find_sheets(path, book)
        sheets, unread = [], []
        for table, name in places.items():
            with refusals.kept():
                try:
                    sheets.append(_write(path, table, book, name, folder))
                except NightRefused as refused:
                    if table == LIST_8:
                        raise
                    unread.append(Unread(list_tables()[table], f"{path.name}, {name}", str(refused)))
        return Lists(sheets, unread, [name for name in book.names if name not in places.values()])


def _find_sheets(path: Path, book: Book) -> dict[str, str]:
    """{table: sheet}: by the sheet's name, and where no name says it, by its headings."""
    found: dict[str, str] = {}
    for table in list_tables():
        number = int(table.rpartition("_")[2])
        names = [name for name in book.names if _number(name) == number]
        if len(names) > 1:
            raise NightRefused(
                f"{path.name} has two sheets for List {number}: {names[0]} and {names[1]}; leave one of them in it."
            )
        if not names:
            unnamed = [name for name in book.names if _number(name) is None and name not in found.values()]
            names = [name for name in unnamed if any(fits(table, row) for row in _first_rows(book, name))][:1]
        if names:
            found[table] = names[0]
    if LIST_8 not in found:
        raise NightRefused(
            f"{path.name} has no sheet List 8 (children in care), which every data load needs; its sheets are "
            f"{', '.join(book.names[:15])}. Name the sheet List 8."
        )
    return found


def _number(sheet: str) -> int | None:
    found = SHEET.search(sheet)
    return int(found[1]) if found else None


def _first_rows(book: Book, name: str) -> list[list[str]]:
    return book.first_rows(name, LOOKED_AT)


def _write(path: Path, table_name: str, book: Book, name: str, folder: Path) -> Sheet:
    table, place = list_tables()[table_name], f"{path.name}, sheet {name},"
    above = _first_rows(book, name)
    best = max(range(len(above)), key=lambda at: likeness(table_name, above[at]), default=None)
    if best is None or not any(above[best]):
        raise NightRefused(
            f"{place} has no headings in its first {LOOKED_AT} rows; give it Annex A's headings, or take the sheet out."
        )
    headings = find_headings(table_name, above[best], place)
    # A row at fault is named by this file's name and row, so both are as they stand in the workbook.
    target, rows, blank = folder / f"{path.name}, {name}", 0, best
    columns = [(table.column(name), at) for name, at in headings.positions.items()]
    dates = DateColumns({at: headings.shown[column.name] for column, at in columns if column.kind == "date"})
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(headings.positions)
        for row, cells in enumerate(book.rows(name), start=1):
            if row < best + 2:
                continue
            check_stored(cells, tuple(headings.positions.values()), place, row)
            dates.look_at(cells)
            texts = [_text(book, cells[at] if at < len(cells) else None, column) for column, at in columns]
            if any(texts):
                # Blank rows keep their place; those at the end are not there.
                file.write("\n" * blank)
                writer.writerow(texts)
                rows, blank = rows + 1, 0
            else:
                blank += 1
    dates.refuse_swapped(place.rstrip(","))
    return Sheet(table, name, headings, target, rows)


def _text(book: Book, value: object, column: Column) -> str:
    text = book.text(value, column.kind)
    return PREFIX.sub("", text) if isinstance(value, str) and (column.kind == "flag" or column.name == "ethnicity") else text
