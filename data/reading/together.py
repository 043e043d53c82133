"""Several files of one table in one pass, as far as nothing is wrong with them: what each file costs the reader is then paid once.

A file that is not plainly sound is not judged here. It is left to be read by itself, with all that is to be said of it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

import duckdb

from data.contract.code_matching import CodeLists, match_codes
from data.contract.contract import Table
from data.errors import NightRefused
from data.reading import quarantine
from data.reading.csv_source import ABSENT_FIELD, FAULTLESS, csv_source, escape_path
from data.reading.decoding import Decoded, decode
from data.reading.header import Header, match_header
from data.reading.load_report import FileReport
from data.reading.staging import NOT_THE_FILE, SMALL_FILE, unread_columns, write_plain_rows, write_rows
from data.settings import Settings

# Of a row of the joined file: which file it is of, from 1, and what a row's number there is less than its number among all.
NUMBER, BEFORE = "try_cast(c{at} as integer)", "$before[try_cast(c{at} as integer)]"
ALSO = {"source_row": f"(row_number() over () - {BEFORE} + 1)::integer", "file": f"$shown[{NUMBER}]"}


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
    ready: Future[Any],
) -> Together:
    """Read CSV files of one table, those of one header at a time, and add the rows of every file that is sound to ``into``, which has none,
    with ``file`` beside each: what ``shown`` has for its path. ``ready``: done when rows can be judged: the lists of codes are there and,
    where the table names people, ssd_person holds everybody who is known."""
    alike: dict[tuple[str, ...], list[tuple[Decoded, bytes]]] = {}
    for path in shown:
        try:
            decoded = decode(path, settings, scratch)
        except NightRefused:
            continue
        # Whether a row is cut short is asked of a last row without an ending.
        if not decoded.wrapped and decoded.ends_with_line_ending and decoded.lines > 1 and (split := _split(decoded)):
            names, rows = split
            alike.setdefault(names, []).append((decoded, rows))
    reports: dict[Path, FileReport] = {}
    passes = {names: files for names, files in alike.items() if len(files) > 1}
    for number, (names, files) in enumerate(passes.items()):
        joined = scratch / f"{table.name}.{number}.together.csv"
        _join(joined, len(names), [rows for _, rows in files])
        decodeds = [decoded for decoded, _ in files]
        reports |= _read_alike(con, table, into, list(names), joined, decodeds, shown, lists, ready, reports)
    return Together(reports, len(passes))


def _split(decoded: Decoded) -> tuple[tuple[str, ...], bytes] | None:
    """The names of a file's columns, and the lines below them, which end in a line feed alone; None where that is not so plain."""
    text = decoded.readable.read_bytes() if decoded.text is None else decoded.text
    header, _, rows = (text.replace(b"\r\n", b"\n") if b"\r" in text else text).partition(b"\n")
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
        file.write(f"{',' * width}number\n".encode())
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
    ready: Future[Any],
    earlier: Mapping[Path, FileReport],
) -> dict[Path, FileReport]:
    """Files of one header, whose rows are ``joined``: the reports of those that are sound, whose rows are added to the table; none where
    DuckDB finds a fault. ``earlier``: the files whose rows the table has."""
    try:
        header = match_header(table, names, files[0].path.name)
        _write(con, table, into, header, joined, files, [shown[file.path] for file in files], lists)
    except NightRefused:
        return {}
    except NOT_THE_FILE:
        raise
    except duckdb.Error:
        return {}
    ready.result()
    matched = match_codes(con, lists, table.coded, of=into)
    sound = files
    rows = sum(report.rows_used for report in earlier.values()) + sum(file.lines - 1 for file in files)
    if not quarantine.all_sound(con, table, header, matched, into, rows):
        found = quarantine.sound_files(con, table, header, matched, into)
        sound = [file for file in files if found.get(shown[file.path]) == file.lines - 1]
    if len(sound) < len(files):
        kept = [shown[path] for path in (*earlier, *(file.path for file in sound))]
        con.execute(f"delete from {into} where file is null or not list_contains($kept, file)", {"kept": kept})
    for name in (column.name for column in table.coded if not matched[column.name].plain):
        con.execute(f"update {into} set {name} = match_{name}.code from match_{name} where match_{name}.text = {into}.{name}")
    return {file.path: _report(table, header, file) for file in sound}


def _write(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    into: str,
    header: Header,
    joined: Path,
    files: list[Decoded],
    shown: list[str],
    lists: CodeLists,
) -> None:
    """Add every row to the table, numbered from its file's first as a spreadsheet numbers them, with what is the trouble with it."""
    write = (
        f"insert into {into} by name select {', '.join(table.column_names)}, source_row, file, "
        f"coalesce({', '.join(['trouble', *unread_columns(table, header)])}) as trouble from ({{rows}})"
    )
    bound = {
        "path": escape_path(joined),
        "shown": shown,
        "before": list(accumulate((file.lines - 1 for file in files), initial=0)),
    }
    # Of a row with a field too many, the last that counts is not the number.
    source = csv_source(header.width + 1, True, FAULTLESS, absent="")
    also = {name: sql.format(at=header.width) for name, sql in ALSO.items()}
    wider = replace(header, width=header.width + 1)
    plain = all(file.size < SMALL_FILE for file in files)
    if not plain or write_plain_rows(con, table, wider, source, bound, write, also, lists.respelt) is None:
        write_rows(con, table, wider, source, bound, write, also)


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
