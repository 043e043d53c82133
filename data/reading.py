"""A night of extracts into typed tables: each file is read whole or the night is refused; each row is used or quarantined.

The order, file by file: bytes (decoding), header, stage (typed text), codes and plans, faults, the table itself; then the
flags, which look across tables. Everything is set-based SQL; Python sees files, columns and counts, never rows.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from data import code_matching, flags, parsing, permanence_match, plans, quarantine, staging, typed_tables
from data.contract import Table, tables
from data.decoding import Decoded, decode
from data.errors import NightRefused
from data.folder import find_files, fingerprint, sha256_of
from data.header import match_header, read_header
from data.load_report import FileReport, LoadReport
from data.settings import Settings

__all__ = ["FileReport", "LoadReport", "fingerprint", "read_night"]

MUST_HAVE_ROWS = ("ssd_person", "ssd_cla_episodes")
SMALL_FILE = 50

CREATE_RECORDS = """
create table supplied (table_name varchar, supplied boolean);
create table rejects (
    table_name varchar, source_row integer, record_id varchar, person_id varchar,
    rule varchar, column_name varchar, value varchar, reason varchar
);
create table flags (
    rule varchar, table_name varchar, source_row integer, record_id varchar, person_id varchar, message varchar, mend varchar
);
create table unreadable_plans (
    lacp_table_id varchar, lacp_person_id varchar,
    lacp_cla_care_plan_start_date date, lacp_cla_care_plan_end_date date, source_row integer
);
create table load_files (
    table_name varchar, file_name varchar, supplied boolean, encoding varchar,
    rows_read bigint, rows_used bigint, rows_quarantined bigint,
    extra_columns varchar, absent_columns varchar, sha256 varchar, bytes bigint, note varchar
);
"""


@dataclass(frozen=True)
class _Night:
    con: duckdb.DuckDBPyConnection
    settings: Settings
    scratch: Path
    warnings: list[str]


def read_night(
    con: duckdb.DuckDBPyConnection,
    extracts: Path,
    settings: Settings,
    as_at: date,
    progress: Callable[[str], None] = lambda line: None,
    *,
    spellings: Path | None = None,
    scratch: Path | None = None,
) -> LoadReport:
    """Read a folder of extracts into ``con``: every table of the contract, and what became of every row.

    Makes the contract's tables (empty where no file was supplied), ``supplied``, ``rejects``, ``flags``,
    ``unreadable_plans`` and ``load_files``. ``as_at`` is the night's own date: what starts after it is flagged.
    ``spellings`` is the council's own spellings.csv, if it has one; ``scratch`` is where files in other encodings are written
    out as UTF-8 (removed again; by default the system's folder for temporary files). ``progress`` is told of each file.

    Raises NightRefused, in one sentence, for whatever the contract says refuses a night; ``con`` is then half filled and is
    to be thrown away.
    """
    found, strays = find_files(extracts)
    con.execute(CREATE_RECORDS)
    parsing.define_macros(con)
    code_matching.load_code_lists(con, spellings)
    reports = []
    with (
        tempfile.TemporaryDirectory(dir=scratch, prefix="reading-") as folder,
        ThreadPoolExecutor(max_workers=1) as ahead,
    ):
        night = _Night(con, settings, Path(folder), list(strays))
        # The next files' bytes are checked in a thread while DuckDB works on this one.
        decoded = {name: ahead.submit(_check_bytes, path, night) for name, path in sorted(found.items(), key=_contract_order)}
        try:
            for table in tables().values():
                if table.name in decoded:
                    reports.append(_read_file(night, table, found[table.name], decoded[table.name]))
                    progress(f"{reports[-1].file_name}: {reports[-1].rows_read:,} rows read, {reports[-1].rows_used:,} used")
                else:
                    typed_tables.create_empty(con, table)
                    reports.append(FileReport(table.name, absent_columns=", ".join(table.column_names)))
        finally:
            ahead.shutdown(cancel_futures=True)
            _drop_workings(con)
    progress("looking for records that contradict one another")
    flags.write_flags(con, as_at)
    for report in reports:
        con.execute("insert into supplied values (?, ?)", [report.table_name, report.supplied])
        con.execute(f"insert into load_files values ({', '.join('?' * len(FileReport.columns()))})", list(report.values()))
    return LoadReport(tuple(reports), tuple(night.warnings))


def _contract_order(item: tuple[str, Path]) -> int:
    return list(tables()).index(item[0])


def _check_bytes(path: Path, night: _Night) -> Decoded:
    if path.suffix.lower() == ".parquet":
        return Decoded(path, path, "parquet", sha256_of(path), path.stat().st_size, 0, True)
    return decode(path, night.settings, night.scratch)


def _read_file(night: _Night, table: Table, path: Path, checked: Future[Decoded]) -> FileReport:
    con, decoded = night.con, checked.result()
    if decoded.encoding == "parquet":
        names, types = staging.parquet_columns(con, path)
        header = match_header(table, names, path.name)
        staged = staging.stage_parquet(con, table, header, path, types)
    else:
        header = match_header(table, read_header(decoded.readable, path.name), path.name)
        staged = staging.stage_csv(con, table, header, decoded)
    if staged.rows == 0 and table.name in MUST_HAVE_ROWS:
        raise NightRefused(f"{path.name} has no rows below its header; export it again.")
    for column in table.columns:
        if column.kind == "code":
            code_matching.match_codes(con, column)
        elif column.kind == "plan":
            plans.match_plans(con, column)
    quarantine.find_faults(con, table, staged.unsplit)
    note = _match_persons(night, table, path) if table.person_also_legacy else ""
    quarantine.find_duplicates(con, table)
    if table.person:
        quarantine.find_unknown_persons(con, table)
    quarantined = _keep_rejects(night, table, path.name, staged.rows)
    used = typed_tables.create_from_stage(con, table, night.settings)
    return FileReport(
        table.name,
        path.name,
        True,
        decoded.encoding,
        staged.rows,
        used,
        quarantined,
        ", ".join(header.extra),
        ", ".join(header.absent),
        decoded.sha256,
        decoded.size,
        note,
    )


def _match_persons(night: _Night, table: Table, path: Path) -> str:
    match = permanence_match.resolve_persons(night.con, table)
    note = f"people matched by {match.column}: {match.fitting:,} of {match.rows:,} rows ({match.percent:.0f}%) fit a child."
    floor = night.settings.permanence_match_floor_percent
    if match.percent < floor:
        warning = f"{path.name}: only {match.percent:.0f}% of rows match a child whom their dates fit, under the floor of {floor:g}%."
        night.warnings.append(warning)
        night.con.execute(
            "insert into flags values ('low_permanence_match', $table, null, null, null, $message, $mend)",
            {
                "table": table.name,
                "message": warning,
                "mend": f"Ask whoever exports {path.name} which number {table.person} holds; adoption dates are missing until then.",
            },
        )
    return note


def _keep_rejects(night: _Night, table: Table, file_name: str, rows: int) -> int:
    """Move ``faults`` into ``rejects``, unless there are so many that the file itself must be wrong. Gives their number.

    Refused: more records that cannot be split than ``ragged_rows_limit``; more than ``quarantine_limit_percent`` of a file's
    rows at fault (in a file under 50 rows, one row is allowed whatever its share). Rows of a file that may name people by
    either of two numbers, and name nobody by the one it was read by, do not count: there a low match warns.
    """
    con, settings = night.con, night.settings
    ragged, first = con.execute("select count(*), min(source_row) from faults where rule = 'structure'").fetchone()
    if ragged > settings.ragged_rows_limit:
        raise NightRefused(
            f"{file_name} has {ragged} rows with too many or too few fields (the first is row {first}); at most "
            f"{settings.ragged_rows_limit} can be left out, so export it again."
        )
    quarantined, counted = con.execute(
        "select count(*), count(*) filter (rule <> 'unknown_person' or not $either) from faults",
        {"either": table.person_also_legacy},
    ).fetchone()
    allowed = max(rows * settings.quarantine_limit_percent / 100, 1 if rows < SMALL_FILE else 0)
    if counted > allowed:
        raise NightRefused(_too_many(con, file_name, counted, rows, settings))
    con.execute(
        "insert into rejects select $table, * exclude (row) from faults order by source_row", {"table": table.name}
    )
    if table.name == "ssd_cla_care_plan":
        con.execute(
            "insert into unreadable_plans "
            "select lacp_table_id, lacp_person_id, lacp_cla_care_plan_start_date, lacp_cla_care_plan_end_date, numbered.source_row "
            "from numbered join faults on faults.row = numbered.row where faults.rule = 'unreadable_plan'"
        )
    return quarantined


def _too_many(con: duckdb.DuckDBPyConnection, file_name: str, counted: int, rows: int, settings: Settings) -> str:
    row, column, value, reason = con.execute(
        "select source_row, column_name, value, reason from faults order by source_row limit 1"
    ).fetchone()
    return (
        f"{file_name} has {counted:,} of {rows:,} rows that cannot be used, more than {settings.quarantine_limit_percent:g}%; the "
        f"first is row {row}: {reason}"
    )


def _drop_workings(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("drop view if exists numbered")
    for (name,) in con.execute("select table_name from duckdb_tables() where temporary").fetchall():
        if name in ("stage", "faults", "row_shift", "reject_errors", "reject_scans", "code_spelling", "plan_text") or name.startswith("match_"):
            con.execute(f"drop table {name}")
