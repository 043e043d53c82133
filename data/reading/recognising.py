"""Which case system wrote the extracts, where settings do not say: recognised by its marks and proposed, never assumed."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import duckdb

from data.contract.contract import tables
from data.contract.systems import Mark, systems
from data.errors import NightRefused
from data.reading.decoding import open_text
from data.reading.folder import table_of
from data.reading.header import fold_name
from data.reading.load_report import FileReport
from data.reading.staging import parquet_columns
from data.sql_results import one_value

ASK = 'These extracts look like those of {name}: {sign}. If they are, set system = "{identifier}" in settings.toml and load them again.'


def propose_by_headers(con: duckdb.DuckDBPyConnection, extracts: Path) -> str:
    """The system that a folder's column names point to, as a sentence; "" for none, or for a folder that cannot be read."""
    return _propose(_headers(con, extracts), lambda mark: not mark.needs_rows)


def propose_by_rows(con: duckdb.DuckDBPyConnection, extracts: Path, reports: list[FileReport]) -> str:
    """The same from the column names and what was read: the typed tables, and the files' reports."""
    return _propose(
        _headers(con, extracts), lambda mark: _rows_agree(con, mark, {report.table_name: report for report in reports})
    )


def _propose(headers: dict[str, list[str]], agrees: Callable[[Mark], bool]) -> str:
    for system in systems().values():
        for mark in system.marks:
            if mark.in_headers(headers) and agrees(mark):
                return ASK.format(name=system.name, identifier=system.identifier, sign=_sign(mark))
    return ""


def _sign(mark: Mark) -> str:
    signs = [f"{table} has the column {', '.join(names)}" for table, names in mark.columns.items()]
    signs += [f"{table} has no column {', '.join(names)}" for table, names in mark.lacks.items()]
    signs += [f"{table} holds nothing that can be used" for table in mark.blank]
    signs += [f"{name} is always empty" for name in mark.lacks_values]
    signs += [f"{name} has one value only" for name in mark.one_value]
    signs += [f"{table} names people by pers_legacy_id" for table in mark.people_by_legacy_id]
    return "; ".join(signs)


def _headers(con: duckdb.DuckDBPyConnection, extracts: Path) -> dict[str, list[str]]:
    """{table: column names in lower case} of the files that have a table's name. Left out is what cannot be read, or names no column of the
    table: what such a file lacks says nothing of a system."""
    found = {}
    for path in sorted(extracts.iterdir()) if extracts.is_dir() else []:
        if name := table_of(path):
            try:
                columns = [fold_name(column) for column in _names(con, path)]
            except (OSError, UnicodeDecodeError, csv.Error, NightRefused):
                continue  # whoever reads the file says what is wrong with it
            if any(column in tables()[name].column_names for column in columns):
                found[name] = columns
    return found


def _names(con: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    if path.suffix.lower() == ".parquet":
        return parquet_columns(con, path)[0]
    with open_text(path) as file:
        return next(csv.reader(file), [])


def _rows_agree(con: duckdb.DuckDBPyConnection, mark: Mark, reports: dict[str, FileReport]) -> bool:
    blank = all(reports[table].rows_read > 0 and _is_blank(con, table, reports[table]) for table in mark.blank)
    legacy = all("matched by pers_legacy_id" in reports[table].note for table in mark.people_by_legacy_id)
    one = all(_values(con, name) == 1 for name in mark.one_value)
    return blank and legacy and one and all(_values(con, name) == 0 for name in mark.lacks_values)


def _is_blank(con: duckdb.DuckDBPyConnection, table: str, report: FileReport) -> bool:
    dates = [column.name for column in tables()[table].columns if column.kind == "date"]
    return not report.rows_used or not any(_values(con, f"{table}.{name}") for name in dates)


def _values(con: duckdb.DuckDBPyConnection, name: str) -> int:
    """How many different values a column of a typed table, table.column, has."""
    table, column = name.split(".")
    return one_value(con.execute(f"select count(distinct {column}) from {table}"))
