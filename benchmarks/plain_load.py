"""DuckDB merely loading a night's CSV files, typed: no checks, no codes, no rejects. A night's whole work is measured against it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import duckdb

from data.contract.contract import Table, tables

TYPES = {"date": "date", "flag": "boolean", "number": "double"}
ROWS_LOOKED_AT = 500


@dataclass(frozen=True)
class PlainFile:
    """One file, with the type of each column of its own header, and the one form in which its dates are written."""

    name: str
    path: Path
    columns: dict[str, str]
    date_format: str


def _dates_are(table: Table, rows: list[dict[str, str]]) -> tuple[str, str]:
    """The type and the form of a file's dates, from its first rows: ISO, British, or ISO with a time of day."""
    written = [row[column.name] for row in rows for column in table.columns if column.kind == "date" and row.get(column.name)]
    if not written:
        return "date", "%Y-%m-%d"
    lengths = [len(text) for text in written]
    if max(set(lengths), key=lengths.count) > 10:
        return "timestamp", "%Y-%m-%d %H:%M:%S"
    british = sum("/" in text for text in written) * 2 > len(written)
    return "date", "%d/%m/%Y" if british else "%Y-%m-%d"


def plain_files(extracts: Path) -> list[PlainFile]:
    """The CSV files of a night, looked at beforehand so that the load itself has nothing to find out."""
    found = []
    for table in tables().values():
        path = extracts / f"{table.name}.csv"
        if not path.exists():
            continue
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            rows = list(islice(reader, ROWS_LOOKED_AT))
        date_type, date_format = _dates_are(table, rows)
        kinds = {column.name: column.kind for column in table.columns}
        types = TYPES | {"date": date_type}
        columns = {name: types.get(kinds.get(name, "text"), "varchar") for name in reader.fieldnames or ()}
        found.append(PlainFile(table.name, path, columns, date_format))
    return found


def plain_load(files: list[PlainFile], database: Path) -> int:
    """Load the files into tables of a new DuckDB file, and close it; gives the rows. Rows that do not fit their types are dropped."""
    rows = 0
    with duckdb.connect(str(database)) as connection:
        for file in files:
            columns = ", ".join(f"'{name}': '{kind}'" for name, kind in file.columns.items())
            connection.execute(
                f"""
                create table {file.name} as
                from read_csv(
                    $path, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', ignore_errors = true,
                    dateformat = '{file.date_format}', timestampformat = '{file.date_format}', columns = {{{columns}}}
                )
                """,
                {"path": str(file.path)},
            )
            rows += connection.execute(f"select count(*) from {file.name}").fetchone()[0]
    return rows
