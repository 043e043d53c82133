"""Several files of one table in one pass, as far as nothing is wrong with them: what each file costs the reader is then paid once.

A file that is not plainly sound is not judged here. It is left to be read by itself, with all that is to be said of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.contract.code_matching import CodeLists, match_codes
from data.contract.contract import Table
from data.errors import NightRefused
from data.reading import quarantine
from data.reading.csv_source import csv_source
from data.reading.decoding import Decoded, decode
from data.reading.header import Header, match_header, read_header
from data.reading.load_report import FileReport
from data.reading.staging import NOT_THE_FILE, stage
from data.reading.typed_tables import used_rows
from data.settings import Settings

# The rows of the sound files, in the order of ``stage``, numbered from a file's first one as a spreadsheet numbers them.
NUMBERED = """
with placed as (
    select rowid, *, list_position($filenames::varchar[], filename) as place_of_file from stage
),

numbered as (
    select (rowid - $first_rows[place_of_file] + 2)::integer as source_row, $shown[place_of_file] as file, *
    from placed
    where place_of_file is not null
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
    alike: dict[tuple[str, ...], list[Decoded]] = {}
    for path in shown:
        try:
            decoded = decode(path, settings, scratch)
            names = tuple(read_header(decoded.readable, path.name))
        except NightRefused:
            continue
        # Whether a row is cut short is asked of a last row without an ending.
        if decoded.ends_with_line_ending and decoded.lines > 1:
            alike.setdefault(names, []).append(decoded)
    reports: dict[Path, FileReport] = {}
    passes = {names: files for names, files in alike.items() if len(files) > 1}
    for names, files in passes.items():
        reports |= _read_alike(con, table, into, list(names), files, shown, lists, settings, known)
    return Together(reports, len(passes))


def _read_alike(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    into: str,
    names: list[str],
    files: list[Decoded],
    shown: Mapping[Path, str],
    lists: CodeLists,
    settings: Settings,
    known: Future[object],
) -> dict[Path, FileReport]:
    """Files of one header: the reports of those that are sound, whose rows are added to the table; none where DuckDB finds a fault."""
    try:
        header = match_header(table, names, files[0].path.name)
        # A record that cannot be split into fields is an error here.
        source = csv_source(header.width, True, "filename = true")
        stage(con, table, header, [file.readable for file in files], source, ("filename",))
    except NightRefused:
        return {}
    except NOT_THE_FILE:
        raise
    except duckdb.Error:
        return {}
    matched = match_codes(con, lists, table.coded)
    if table.person:
        known.result()
    found = quarantine.sound_files(con, table, header, matched)
    first: dict[Decoded, int] = {}
    for file in files:
        rows, row = found.get(str(file.readable), (0, 0))
        if rows == file.lines - 1 and row >= max(first.values(), default=0):
            first[file] = row
    if not first:
        return {}
    con.execute(
        f"insert into {into} by name {NUMBERED} {used_rows(table, matched, settings, ('file',))}",
        {
            "filenames": [str(file.readable) for file in first],
            "shown": [shown[file.path] for file in first],
            "first_rows": list(first.values()),
        },
    )
    return {file.path: _report(table, header, file) for file in first}


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
