"""Small nights of extracts for tests, written from the contract so that a test names only the columns it is about."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

from data.contract.contract import Table, code_sets, tables
from data.invented import NOTICE_NAME, list_files

Row = Mapping[str, object]


def write_extracts(
    folder: Path,
    records: Mapping[str, Iterable[Row]],
    *,
    encoding: str = "utf-8",
    line_ending: str = "\n",
    final_line_ending: bool = True,
    kind: str = "csv",
    someone_else: bool = False,
) -> Path:
    """Write one file a table into ``folder`` (made if need be) and give the folder back.

    ``records`` is {table: [{column: value}]}. Columns that a row leaves out are empty, except the table's key, which is
    numbered (``ssd_person-1``) so that a test need not invent it; give ``""`` for a row without one. Dates may be
    ``date`` objects or text. Every required table is written, with its header alone when it has no rows; an optional
    table is written only when it is named. A column that the contract does not know is written too.
    ``encoding`` is a Python codec (``utf-8-sig``, ``utf-16``, ``cp1252``); ``kind`` is ``csv`` or ``parquet``.
    ``someone_else`` gives every table that would have no rows one row of a person who left care long ago, since a table without
    rows is not supplied, and no first night may do without the required ones. The notice that all is invented is written too.
    """
    folder.mkdir(parents=True, exist_ok=True)
    unknown = set(records) - set(tables())
    if unknown:
        raise ValueError(f"not tables of the contract: {', '.join(sorted(unknown))}")
    if someone_else:
        records = with_someone_else(records)
    for table in tables().values():
        if table.required or table.name in records:
            rows = _filled(table, list(records.get(table.name, ())))
            if kind == "parquet":
                _write_parquet(folder / f"{table.name}.parquet", rows, _columns(table, rows))
            else:
                text = csv_text(_columns(table, rows), rows, line_ending)
                if not final_line_ending:
                    text = text[: -len(line_ending)]
                (folder / f"{table.name}.csv").write_bytes(text.encode(encoding))
    (folder / NOTICE_NAME).write_text("", encoding="utf-8")
    list_files(folder)
    return folder


ELSE = "ELSE"


def with_someone_else(records: Mapping[str, Iterable[Row]]) -> dict[str, list[Row]]:
    """The records, and one row of someone else in every table that is required or named and has none (restrictions apart)."""
    full = {name: list(rows) for name, rows in records.items()}
    full["ssd_person"] = [*full.get("ssd_person", []), {"pers_person_id": ELSE, "pers_dob": "1980-01-01"}]
    for table in tables().values():
        if (table.required or table.name in full) and not full.get(table.name) and table.name != "local_restrictions":
            full[table.name] = [_of_someone_else(table)]
    return full


def _of_someone_else(table: Table) -> Row:
    row = {}
    for column in table.columns:
        if column.kind == "identifier" and (column.filled or column.name == table.person):
            row[column.name] = ELSE
        elif column.kind == "date" and (column.filled or column.name in (table.period or ())):
            row[column.name] = "1985-01-01"
        elif column.codes and column.filled:
            row[column.name] = next(iter(code_sets()[column.codes].codes))
    return row


def csv_text(columns: Iterable[str], rows: Iterable[Row], line_ending: str = "\n") -> str:
    """A CSV file's text: a header, then a record a row; fields that need quotes have them."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), restval="", lineterminator=line_ending)
    writer.writeheader()
    writer.writerows({name: "" if value is None else value for name, value in row.items()} for row in rows)
    return text.getvalue()


def _filled(table: Table, rows: list[Row]) -> list[Row]:
    return [{table.key: f"{table.name}-{number}", **row} for number, row in enumerate(rows, start=1)]


def _columns(table: Table, rows: list[Row]) -> list[str]:
    extra = [name for row in rows for name in row if name not in table.column_names]
    return [*table.column_names, *dict.fromkeys(extra)]


def _write_parquet(path: Path, rows: list[Row], columns: list[str]) -> None:
    """All text, as an exporter that knows no types would write it."""
    with duckdb.connect() as con:
        declared = ", ".join(f'"{name}" varchar' for name in columns)
        con.execute(f"create table records ({declared})")
        values = [[None if row.get(name) in (None, "") else str(row[name]) for name in columns] for row in rows]
        if values:
            con.executemany(f"insert into records values ({', '.join('?' * len(columns))})", values)
        con.execute(f"copy records to '{path}' (format parquet)")
