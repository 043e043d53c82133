"""``mapping.toml`` of a store, read strictly: which sheet, file or query is which table, column and value of the contract."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.contract.code_matching import TO_FILL_IN, fold
from data.contract.contract import Table, code_sets, tables
from data.errors import TrackerError
from data.toml_file import read_toml
from data.toml_lines import at_line

FILE_NAME = "mapping.toml"
KEYS = ("file", "sheet", "query", "header_row", "person", "rows", "columns", "fixed", "values")
ROWS, COLUMN, KEEP, LEAVE_OUT = ROW_KEYS = ("rows", "column", "keep", "leave_out")
PERSON, LEGACY = "pers_person_id", "pers_legacy_id"


class MappingError(TrackerError):
    """``mapping.toml`` cannot be used; the message names the file, the line, the key and what to do."""


@dataclass(frozen=True)
class RowChoice:
    """Which rows of a sheet belong in the table, by the column headed ``heading``. ``keep``, ``leave_out``: {folded text: as mapping.toml
    has it}; a row with any other text is neither, and is not used."""

    heading: str
    keep: Mapping[str, str]
    leave_out: Mapping[str, str]


@dataclass(frozen=True)
class SheetMapping:
    """One sheet, file or query of a table. ``columns``: {column of the contract: heading}; ``fixed``: {column: the value of every row};
    ``values``: {column: {folded text: value}}. A column that neither names is empty. ``person``: which number the child is named by.
    ``rows``: which rows count; None for all of them."""

    table: str
    file: Path | None
    sheet: str
    query: str
    header_row: int
    person: str
    columns: Mapping[str, str]
    fixed: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    rows: RowChoice | None

    @property
    def place(self) -> str:
        """Where the rows are, in words."""
        if self.file is None:
            return f"the query of {self.table}"
        return f"{self.file.name}, sheet {self.sheet}" if self.sheet else self.file.name


def read_mapping(store: Path) -> dict[str, tuple[SheetMapping, ...]]:
    """{table: its sheets} as the store's mapping.toml has them; nothing where there is no such file. Raises MappingError."""
    path = store / FILE_NAME
    if not path.exists():
        return {}
    given, text = read_toml(path, MappingError)
    found = {}
    for name, entries in given.items():
        try:
            found[name] = tuple(_sheet(name, entry, store) for entry in _entries(name, entries))
            if len({sheet.person for sheet in found[name]}) > 1:
                raise _fault(f"the sheets of {name} name children by two numbers; use one", name, "person")
        except _Fault as fault:
            raise MappingError(f"{path}{at_line(text, *fault.path)}: {fault}.") from None
    return found


class _Fault(Exception):
    path: tuple[str, ...]


def _fault(message: str, *path: str) -> _Fault:
    fault = _Fault(message)
    fault.path = path
    return fault


def _entries(name: str, entries: Any) -> list[dict]:
    table = tables().get(name)
    if table is None:
        near = difflib.get_close_matches(name, tables(), n=1)
        hint = f"did you mean {near[0]}" if near else "docs/reference/data-dictionary.md has them all"
        raise _fault(f"{name} is not a table of the contract; {hint}", name)
    if table.required:
        raise _fault(f"{name} comes from the case system and cannot be a workbook", name)
    listed = entries if isinstance(entries, list) else [entries]
    if not listed or not all(isinstance(entry, dict) for entry in listed):
        raise _fault(f"{name} is not a table; write [[{name}]] and its keys below", name)
    return listed


def _sheet(name: str, entry: dict, store: Path) -> SheetMapping:
    table = tables()[name]
    for key in entry:
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, n=1)
            raise _fault(
                f"{key} is not a key of {name}; {f'did you mean {near[0]}' if near else 'use ' + ', '.join(KEYS)}", name, key
            )
    for key in ("file", "sheet", "query"):
        if not isinstance(entry.get(key, ""), str):
            raise _fault(f"{key} of {name} is not a text in quotes", name, key)
    header_row, person = entry.get("header_row", 1), entry.get("person", PERSON)
    if type(header_row) is not int or header_row < 1:
        raise _fault(f"header_row of {name} is not a row, 1 or more", name, "header_row")
    if person not in (PERSON, LEGACY):
        raise _fault(f"person of {name} is neither {PERSON} nor {LEGACY}", name, "person")
    if bool(entry.get("file")) == bool(entry.get("query")):
        raise _fault(f"{name} needs a file or a query, and not both", name)
    columns, fixed = _texts(table, entry, "columns"), _texts(table, entry, "fixed")
    for column, heading in (*columns.items(), *fixed.items()):
        if heading == TO_FILL_IN:
            part = "columns" if column in columns else "fixed"
            raise _fault(
                f'{column} of {name} is still {TO_FILL_IN}: give the heading of its column, or "" if there is none',
                name,
                part,
                column,
            )
        if column in columns and column in fixed and columns[column]:
            raise _fault(f"{column} of {name} is both a column and fixed; leave one of the two", name, "fixed", column)
    _need(table, columns, fixed)
    return SheetMapping(
        table=name,
        file=(store / entry["file"]) if entry.get("file") else None,
        sheet=entry.get("sheet", ""),
        query=entry.get("query", ""),
        header_row=header_row,
        person=person,
        columns={column: heading for column, heading in columns.items() if heading},
        fixed=fixed,
        values=_values(table, entry),
        rows=_rows(name, entry),
    )


def _need(table: Table, columns: Mapping[str, str], fixed: Mapping[str, str]) -> None:
    for column in table.columns:
        if column.name == table.key or not column.required:
            continue
        if column.name not in columns and column.name not in fixed:
            raise _fault(
                f'{table.name} says nothing of {column.name} ({column.means.lower()}): give the heading of its column, or "" if there is '
                "none",
                table.name,
                "columns",
            )
        if column.filled and not columns.get(column.name) and not fixed.get(column.name):
            raise _fault(
                f"{column.name} of {table.name} cannot be empty; give its column, or a fixed value", table.name, "columns"
            )


def _rows(name: str, entry: dict) -> RowChoice | None:
    given = entry.get(ROWS)
    if given is None:
        return None
    if not isinstance(given, dict):
        raise _fault(f"{ROWS} of {name} is not a table; write [{name}.{ROWS}] and its keys below", name, ROWS)
    for key in given:
        if key not in ROW_KEYS[1:]:
            near = difflib.get_close_matches(key, ROW_KEYS[1:], n=1)
            hint = f"did you mean {near[0]}" if near else f"use {', '.join(ROW_KEYS[1:])}"
            raise _fault(f"{key} is not a key of the {ROWS} of {name}; {hint}", name, ROWS, key)
    heading = given.get(COLUMN, "")
    if not isinstance(heading, str) or heading.strip() in ("", TO_FILL_IN):
        raise _fault(f"{ROWS} of {name} needs {COLUMN}: the heading of the column that says what a row is", name, ROWS, COLUMN)
    keep, leave_out = (_words(name, given, key) for key in (KEEP, LEAVE_OUT))
    if not keep:
        raise _fault(f"{ROWS} of {name} keeps no row: give the texts of the rows that count in {KEEP}", name, ROWS, KEEP)
    if both := keep.keys() & leave_out.keys():
        raise _fault(f"'{keep[min(both)]}' is both kept and left out in the {ROWS} of {name}; use one", name, ROWS, LEAVE_OUT)
    return RowChoice(heading.strip(), keep, leave_out)


def _words(name: str, given: dict, key: str) -> dict[str, str]:
    words = given.get(key, [])
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise _fault(f"{key} of the {ROWS} of {name} is not a list of texts in quotes", name, ROWS, key)
    if TO_FILL_IN in words:
        raise _fault(f"{key} of the {ROWS} of {name} still has {TO_FILL_IN}: replace it", name, ROWS, key)
    return {fold(word): word for word in words}


def _texts(table: Table, entry: dict, part: str) -> dict[str, str]:
    given = entry.get(part, {})
    if not isinstance(given, dict) or not all(isinstance(text, str) for text in given.values()):
        raise _fault(f"{part} of {table.name} is not a list of texts in quotes", table.name, part)
    for column in given:
        _column(table, column, part)
    return {column: text.strip() for column, text in given.items()}


def _column(table: Table, column: str, part: str) -> None:
    if column not in table.column_names:
        near = difflib.get_close_matches(column, table.column_names, n=1)
        hint = f"did you mean {near[0]}" if near else f"it has {', '.join(table.column_names)}"
        raise _fault(f"{table.name} has no column {column}; {hint}", table.name, part, column)


def _values(table: Table, entry: dict) -> dict[str, dict[str, str]]:
    given = entry.get("values", {})
    if not isinstance(given, dict):
        raise _fault(f"values of {table.name} is not a table; write [{table.name}.values.<column>]", table.name, "values")
    found = {}
    for column, texts in given.items():
        _column(table, column, "values")
        codes = table.column(column).codes
        if not isinstance(texts, dict) or not all(isinstance(value, str) for value in texts.values()):
            raise _fault(f"values of {column} are not texts in quotes", table.name, "values", column)
        for text, value in texts.items():
            if value == TO_FILL_IN:
                raise _fault(f"'{text}' of {column} has no value yet: replace {TO_FILL_IN}", table.name, "values", column, text)
            if codes and value and value not in code_sets()[codes].codes:
                known = ", ".join(code_sets()[codes].codes)
                raise _fault(
                    f"'{text}' of {column} is given {value}, which is not one of {known}", table.name, "values", column, text
                )
        found[column] = {fold(text): value for text, value in texts.items()}
    return found
