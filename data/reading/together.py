"""Several files of one table in one pass, as far as nothing is wrong with them: what each file costs the reader is then paid once.

A file that is not plainly sound is not judged here. It is left to be read by itself, with all that is to be said of it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from data.contract.code_matching import CodeLists, match_codes
from data.contract.contract import Table
from data.errors import NightRefused
from data.parsed_sql import execute
from data.reading import quarantine
from data.reading.csv_source import ABSENT_FIELD, csv_source
from data.reading.decoding import Decoded, decode
from data.reading.header import Header, match_header
from data.reading.load_report import FileReport
from data.reading.staging import NOT_THE_FILE, SMALL_FILE, stage
from data.reading.typed_tables import used_rows
from data.settings import Settings

# The column of ``stage`` that says which file a row is of, from 1.
FILE = "file_number"
# The rows of the sound files, in the order of ``stage``, numbered from a file's first one as a spreadsheet numbers them.
NUMBERED = f"""
with numbered as (
    select (rowid - $first_rows[{FILE}] + 2)::integer as source_row, $shown[{FILE}] as file, *
    from stage
    where $first_rows[{FILE}] is not null
)
"""


@dataclass(frozen=True)
class Together:
    """``reports``: of each sound file, by path. ``passes``: in how many their rows were added, in the order of the files in each."""

    reports: dict[Path, FileReport]
    passes: int


def read_together(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    into: str,
    shown: Mapping[Path, str],
    lists: CodeLists,
    settings: Settings,
    scratch: Path,
    known: Future[object],
) -> Together:
    """Read CSV files of one table, those of one header at a time, and add the rows of every file that is sound to ``into``,
    with ``file`` beside each: what ``shown`` has for its path. ``known``: done when ssd_person holds everybody who is known."""
    alike: dict[tuple[str, ...], list[tuple[Decoded, bytes]]] = {}
    for path in shown:
        try:
            decoded = decode(path, settings, scratch)
        except NightRefused:
            continue
        # Whether a row is cut short is asked of a last row without an ending.
        if decoded.ends_with_line_ending and decoded.lines > 1 and (split := _split(decoded)):
            names, rows = split
            alike.setdefault(names, []).append((decoded, rows))
    reports: dict[Path, FileReport] = {}
    passes = {names: files for names, files in alike.items() if len(files) > 1}
    for number, (names, files) in enumerate(passes.items()):
        joined = scratch / f"{table.name}.{number}.together.csv"
        _join(joined, len(names), [rows for _, rows in files])
        decodeds = [decoded for decoded, _ in files]
        reports |= _read_alike(con, table, into, list(names), joined, decodeds, shown, lists, settings, known)
    return Together(reports, len(passes))


def _split(decoded: Decoded) -> tuple[tuple[str, ...], bytes] | None:
    """The names of a file's columns, and the lines below them, which end in a line feed alone; None where that is not so plain."""
    header, _, rows = decoded.readable.read_bytes().replace(b"\r\n", b"\n").partition(b"\n")
    if b"\r" in rows or ABSENT_FIELD.encode() in rows:
        return None
    try:
        # A name with a line break in it is not closed on the first line.
        return tuple(next(csv.reader([header.decode("utf-8-sig")], strict=True), [])), rows
    except csv.Error:
        return None


def _join(joined: Path, width: int, parts: list[bytes]) -> None:
    """Write the rows of some files into one, each with the number of its file as its last field."""
    with joined.open("wb") as file:
        file.write(f"{',' * width}{FILE}\n".encode())
        for number, rows in enumerate(parts, 1):
            # Where a field holds a line break, a file has fewer records than lines, so that it is not sound.
            file.write(rows.replace(b"\n", f",{number}\n".encode()))


def _read_alike(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    into: str,
    names: list[str],
    joined: Path,
    files: list[Decoded],
    shown: Mapping[Path, str],
    lists: CodeLists,
    settings: Settings,
    known: Future[object],
) -> dict[Path, FileReport]:
    """Files of one header, whose rows are ``joined``: the reports of those that are sound, whose rows are added to the table; none where
    DuckDB finds a fault."""
    try:
        header = match_header(table, names, files[0].path.name)
        width = header.width + 1
        number = {FILE: f"try_cast(c{header.width} as integer)"}
        plain = all(file.size < SMALL_FILE for file in files)
        # A record that cannot be split into fields is an error here.
        source = csv_source(width, True, "ignore_errors = false")
        stage(con, table, replace(header, width=width), joined, source, plain, number)
    except NightRefused:
        return {}
    except NOT_THE_FILE:
        raise
    except duckdb.Error:
        return {}
    matched = match_codes(con, lists, table.coded)
    if table.person:
        known.result()
    found = quarantine.sound_parts(con, table, header, matched, FILE)
    first_rows: list[int | None] = []
    sound: list[Decoded] = []
    for place, file in enumerate(files, 1):
        rows, first = found.get(place, (0, 0))
        first_rows.append(first if rows == file.lines - 1 else None)
        sound += [file] if rows == file.lines - 1 else []
    if not sound:
        return {}
    execute(
        con,
        f"insert into {into} by name {NUMBERED} {used_rows(table, matched, settings, ('file',))}",
        {"shown": [shown[file.path] for file in files], "first_rows": first_rows},
    )
    return {file.path: _report(table, header, file) for file in sound}


def _report(table: Table, header: Header, file: Decoded) -> FileReport:
    """As ``FileReader`` reports a file all of whose rows are used."""
    return FileReport(
        table_name=table.name,
        file_name=file.path.name,
        encoding=file.encoding,
        rows_read=file.lines - 1,
        rows_used=file.lines - 1,
        extra_columns=", ".join(header.extra),
        absent_columns=", ".join(header.absent),
        sha256=file.sha256,
        bytes=file.size,
        supplied=True,
    )
