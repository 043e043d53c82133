"""Several files of one table in one pass, as far as nothing is wrong with them: what each file costs the reader is then paid once.

A file that is not plainly sound is not judged here. It is left to be read by itself, with all that is to be said of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.contract.code_matching import CodeLists, match_codes
from data.contract.contract import Table
from data.errors import NightRefused
from data.reading import quarantine
from data.reading.csv_source import csv_source, escape_path, misfit
from data.reading.decoding import Decoded, decode
from data.reading.header import Header, match_header, read_header
from data.reading.load_report import FileReport
from data.reading.parsing import TYPES
from data.reading.staging import NOT_THE_FILE, stage_sql
from data.reading.typed_tables import used_rows
from data.settings import Settings
from data.sql_results import one_value

# The rows of a file stand together and in their order, and are numbered from its first one as a spreadsheet numbers them.
STARTS = """
create or replace temp table file_start as
select filename, min(rowid) as first, count(*) as rows, max(rowid) - min(rowid) + 1 = count(*) as stands_together
from stage
group by filename
"""
NUMBERED = """
create or replace temp view numbered as
select stage.rowid as row, (stage.rowid - file_start.first + 2)::integer as source_row, stage.*
from stage
join file_start using (filename)
"""


@dataclass(frozen=True)
class Together:
    """The rows of the sound files are in the temporary table ``together``, with each file's path in ``filename``, and in no order.

    ``reports``: of each sound file, by path; ``read_as``: its path in ``together``. ``runs``: the files in their order, those that follow
    one another in ``together`` as one entry, and every other by itself.
    """

    reports: dict[Path, FileReport]
    read_as: dict[Path, str]
    runs: list[list[Path]]


def read_together(
    con: duckdb.DuckDBPyConnection, table: Table, paths: Sequence[Path], lists: CodeLists, settings: Settings, scratch: Path
) -> Together:
    """Read CSV files of one table, those of one header at a time, and keep the rows of every file that is sound."""
    alike: dict[tuple[str, ...], dict[Path, Decoded]] = {}
    for path in paths:
        try:
            decoded = decode(path, settings, scratch)
            names = tuple(read_header(decoded.readable, path.name))
        except NightRefused:
            continue
        # Whether a row is cut short is asked of a last row without an ending.
        if decoded.ends_with_line_ending and decoded.lines > 1:
            alike.setdefault(names, {})[path] = decoded
    columns = ", ".join(f"{column.name} {TYPES.get(column.kind, 'varchar')}" for column in table.columns)
    con.execute(f"create or replace temp table together ({columns}, source_row integer, filename varchar)")
    reports: dict[Path, FileReport] = {}
    read_as: dict[Path, str] = {}
    header_of: dict[Path, tuple[str, ...]] = {}
    for names, files in alike.items():
        if len(files) > 1:
            found = _read_alike(con, table, list(names), list(files.values()), lists, settings)
            reports |= found
            read_as |= {path: str(files[path].readable) for path in found}
            header_of |= dict.fromkeys(found, names)
    return Together(reports, read_as, _runs(paths, header_of))


def _runs(paths: Sequence[Path], header_of: dict[Path, tuple[str, ...]]) -> list[list[Path]]:
    runs: list[list[Path]] = []
    for path in paths:
        before = header_of.get(runs[-1][-1]) if runs else None
        if before is not None and header_of.get(path) == before:
            runs[-1].append(path)
        else:
            runs.append([path])
    return runs


def _read_alike(
    con: duckdb.DuckDBPyConnection, table: Table, names: list[str], files: list[Decoded], lists: CodeLists, settings: Settings
) -> dict[Path, FileReport]:
    """Files of one header: the reports of those that are sound, whose rows are added to ``together``; none where DuckDB finds a fault."""
    try:
        header = match_header(table, names, files[0].path.name)
        if not _stage(con, table, header, files):
            return {}
    except NightRefused:
        return {}
    except NOT_THE_FILE:
        raise
    except duckdb.Error:
        return {}
    matched = match_codes(con, lists, table.coded)
    faulty = quarantine.files_with_faults(con, table, header, matched)
    rows = dict(con.execute("select filename, rows from file_start where stands_together").fetchall())
    sound = {
        str(file.readable): file
        for file in files
        if str(file.readable) not in faulty and rows.get(str(file.readable)) == file.lines - 1
    }
    con.execute(
        f"insert into together by name {used_rows(table, matched, settings, ('filename',))} "
        "where numbered.filename in (select unnest($sound::varchar[]))",
        {"sound": list(sound)},
    )
    return {file.path: _report(table, header, file) for file in sound.values()}


def _stage(con: duckdb.DuckDBPyConnection, table: Table, header: Header, files: list[Decoded]) -> bool:
    """Make ``stage`` and ``numbered`` of all the files; False where any record could not be split into fields."""
    for name in ("reject_errors", "reject_scans"):
        con.execute(f"drop table if exists {name}")
    source = csv_source(header.width, True, "store_rejects = true, filename = true")
    sql = stage_sql(table, header, source, misfit(header.width), ("filename",))
    con.execute(sql, {"path": [escape_path(file.readable) for file in files]})
    if one_value(con.execute("select exists (from reject_errors)")):
        return False
    con.execute(STARTS)
    con.execute(NUMBERED)
    return True


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
