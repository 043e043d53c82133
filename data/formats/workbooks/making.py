"""The tables that mapping.toml names, each written as one file for the reader of all files."""

from __future__ import annotations

import csv
import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from data.contract.code_matching import fold
from data.contract.contract import Table, tables
from data.errors import NightRefused
from data.formats.database.queries import Queries
from data.formats.files.swapped_dates import DateColumns
from data.formats.workbooks.mapping import LEGACY, SheetMapping, read_mapping
from data.formats.workbooks.sheets import Rows, open_sheets, query_rows
from data.reading.own_tables import OwnTable, Sheet, UnlistedRow
from data.settings import Settings

if TYPE_CHECKING:
    from data.formats.database.connecting import Opened

NOT_IN_A_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def make_tables(
    settings: Settings, folder: Path, progress: Callable[[str], None] = lambda line: None, opened: Opened | None = None
) -> dict[str, OwnTable]:
    """{table: its file in ``folder``} for each table of the store's mapping.toml. A sheet that cannot be read is the fault of its table,
    which says so when it is read. ``opened``: the database, if the load's tables are read from it: its queries are of the same moment.
    Raises MappingError."""
    with Queries(settings, opened) as queries:
        return _make_tables(settings, folder, progress, queries)


def _make_tables(settings: Settings, folder: Path, progress: Callable[[str], None], queries: Queries) -> dict[str, OwnTable]:
    made = {}
    for name, sheets in (read_mapping(settings.folder) if settings.folder else {}).items():
        # Faults name the file as the sheet is named, and two tables may be made of one sheet: so each lies in a folder of its own.
        path = folder / name / NOT_IN_A_NAME.sub("_", sheets[0].place if len(sheets) == 1 else f"{name} of {len(sheets)} sheets")
        path.parent.mkdir(parents=True)
        by_legacy_id = sheets[0].person == LEGACY
        try:
            made[name] = _write(tables()[name], sheets, queries, OwnTable(path, by_legacy_id))
        except NightRefused as refused:
            made[name] = OwnTable(path, by_legacy_id, fault=str(refused))
        progress(f"{path.name}: {'cannot be used' if made[name].fault else f'read as {name}'}")
    return made


def _write(table: Table, sheets: Sequence[SheetMapping], queries: Queries, own: OwnTable) -> OwnTable:
    """Write the rows of all the sheets, one after the other, and say which are whose. A row without any value of ours, or that the mapping
    leaves out, is a blank line, so that rows keep their numbers."""
    placed: list[Sheet] = []
    unlisted: list[UnlistedRow] = []
    left_out: Counter[str] = Counter()
    not_read: dict[str, None] = {}
    with own.path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.column_names)
        written = 1
        for sheet in sheets:
            if sheet is sheets[0]:
                # So that the rows of the first sheet have its own numbers.
                file.write("\n" * (sheet.header_row - 1))
                written += sheet.header_row - 1
            first, blank = written + 1, 0
            for row in mapped_rows(table, sheet, queries, not_read):
                if row.left_out is not None:
                    left_out[row.left_out] += 1
                if not any(row.values):
                    blank += 1  # those at the end are not there
                    continue
                file.write("\n" * blank)
                writer.writerow(row.values)
                written, blank = written + blank + 1, 0
                if row.unlisted is not None and sheet.rows:
                    unlisted.append(UnlistedRow(written, sheet.rows.heading, row.unlisted))
            # The sheet's first row below its headings is row ``first`` of the file.
            placed.append(Sheet(sheet.place, first, written, sheet.header_row + 1 - first, sheet.columns))
    made = replace(own, sheets=tuple(placed), left_out=dict(left_out.most_common()), unlisted=tuple(unlisted))
    return replace(made, not_read=tuple(not_read))


@dataclass(frozen=True)
class MappedRow:
    """A row of a sheet as the contract's columns: empty texts where it has nothing in a mapped column, or is left out for the text
    ``left_out`` (as mapping.toml has it). ``unlisted``: its text, where that is neither kept nor left out."""

    values: Sequence[str]
    left_out: str | None = None
    unlisted: str | None = None


def mapped_rows(table: Table, sheet: SheetMapping, queries: Queries, not_read: dict[str, None]) -> Iterator[MappedRow]:
    """Each row below a sheet's headings. ``not_read`` gets the headings that mapping.toml does not name.

    Raises NightRefused for a file, a sheet or a heading that is not there.
    """
    if sheet.file is None:
        yield from _mapped(table, sheet, query_rows(queries, sheet.query, sheet.place), not_read)
        return
    with open_sheets(sheet.file) as found:
        rows = next((rows for rows in found if fold(rows.name) == fold(sheet.sheet)), None)
        if rows is None and len(found) == 1 and not sheet.sheet:
            rows = found[0]
        if rows is None:
            names = ", ".join(rows.name for rows in found)
            raise NightRefused(f"{sheet.file.name} has no sheet '{sheet.sheet}'; it has {names}: correct sheet in mapping.toml.")
        yield from _mapped(table, sheet, rows, not_read)


def _mapped(table: Table, sheet: SheetMapping, rows: Rows, not_read: dict[str, None]) -> Iterator[MappedRow]:
    named = next(islice(rows.values, sheet.header_row - 1, None), [])
    headed = [rows.text(heading, "text") for heading in named]
    headings = [fold(text) for text in headed]
    places = {column: _place(heading, headings, sheet) for column, heading in sheet.columns.items()}
    kinds = {column: table.column(column).kind for column in places}
    dates = DateColumns({place: sheet.columns[column] for column, place in places.items() if kinds[column] == "date"})
    nothing = [""] * len(table.columns)
    chosen_by = _place(sheet.rows.heading, headings, sheet) if sheet.rows else None
    used = (*places.values(), chosen_by)
    not_read.update(dict.fromkeys(text for at, text in enumerate(headed) if text and at not in used))
    for number, row in enumerate(rows.values, start=sheet.header_row + 1):
        said, left_out = "", None
        if sheet.rows and chosen_by is not None:
            rows.check_stored(row, (chosen_by,), number)
            said = rows.text(row[chosen_by], "text") if chosen_by < len(row) else ""
            left_out = sheet.rows.leave_out.get(fold(said))
        if left_out is None:
            rows.check_stored(row, tuple(places.values()), number)
        dates.look_at(row)
        values = {column: rows.text(row[place], kinds[column]) if place < len(row) else "" for column, place in places.items()}
        if not any(values.values()):
            yield MappedRow(nothing)
            continue
        if left_out is not None:
            yield MappedRow(nothing, left_out)
            continue
        for column, texts in sheet.values.items():
            if column in values:
                values[column] = texts.get(fold(values[column]), values[column])
        values |= {column: value for column, value in sheet.fixed.items() if not values.get(column)}
        if table.key not in places:
            values[table.key] = _own_key(sheet, number)
        unlisted = said if sheet.rows and fold(said) not in sheet.rows.keep else None
        yield MappedRow([values.get(name, "") for name in table.column_names], unlisted=unlisted)
    dates.refuse_swapped(rows.place.rstrip(","))


def _own_key(sheet: SheetMapping, number: int) -> str:
    """The identifier of a row of a sheet that has none: where it is."""
    return f"{sheet.file.stem if sheet.file else 'query'}/{sheet.sheet}/{number}".replace("//", "/")


def _place(heading: str, headings: Sequence[str], sheet: SheetMapping) -> int:
    where = f"{sheet.place}, row {sheet.header_row}"
    found = [place for place, name in enumerate(headings) if name == fold(heading)]
    if len(found) > 1:
        raise NightRefused(f"{where} has two columns headed '{heading}'; rename one of them.")
    if not found:
        named = [name for name in headings if name]
        near = difflib.get_close_matches(fold(heading), named, n=1)
        hint = f"it has '{near[0]}'" if near else f"it has {', '.join(named) or 'nothing'}"
        raise NightRefused(f"{where} has no column headed '{heading}'; {hint}: correct columns or header_row in mapping.toml.")
    return found[0]
