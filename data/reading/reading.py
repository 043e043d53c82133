"""A night of extracts into typed tables: each file is read whole or the night is refused; each row is used or quarantined.

Everything is set-based SQL; Python sees files, columns and counts, never rows. Two files are read at a time, each on a
connection of its own, people first, because every other table asks who is known; then come the flags, which look across tables.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb

from data.beside import Beside
from data.contract import code_matching
from data.contract.contract import tables
from data.contract.systems import named
from data.errors import NightRefused, Refusals
from data.parsed_sql import execute
from data.reading import flags, parsing, typed_tables
from data.reading.file_reading import FileReader
from data.reading.folder import add_own_tables, find_files, of_another_day
from data.reading.likely_causes import warn_of_likely_causes
from data.reading.load_report import FileReport, LoadReport
from data.reading.own_tables import OwnTable, name_own_rows, read_own_table
from data.reading.periods_of_care import give_each_child_its_own, leave_out_late_entries
from data.reading.recognising import propose_by_headers, propose_by_rows
from data.reading.system_ways import complete_episodes
from data.restrictions import restrictions
from data.settings import Settings
from data.sql_results import one_row, one_value

__all__ = ["FileReport", "LoadReport", "read_night"]

PEOPLE = "ssd_person"
EPISODES = "ssd_cla_episodes"
FILES_AT_A_TIME = 2

ANY_EXPECTED = "select exists (from ssd_person where pers_dob is null and pers_expected_dob <= $as_at)"
ESTIMATE = """
create or replace temp table estimated_birth as
select
    person.source_row,
    any_value(person.pers_person_id) as person_id,
    least(any_value(person.pers_expected_dob), min(episode.clae_cla_episode_start_date)) as dob
from ssd_person as person
join ssd_cla_episodes as episode
    on episode.clae_person_id = person.pers_person_id
    and episode.clae_cla_episode_start_date <= $as_at
where person.pers_dob is null and person.pers_expected_dob <= $as_at
group by person.source_row
"""
FLAG_ESTIMATED = """
insert into flags
select
    'estimated_birth',
    'ssd_person',
    source_row,
    person_id,
    person_id,
    'No date of birth, so the expected one is used: ' || strftime(dob, '%d/%m/%Y') || ' (estimated)',
    'Enter the date of birth (pers_dob).'
from estimated_birth
order by source_row
"""
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
    rows_read bigint, rows_used bigint, rows_quarantined bigint, rows_repeated bigint,
    extra_columns varchar, absent_columns varchar, sha256 varchar, bytes bigint, note varchar
);
"""


def read_night(
    con: duckdb.DuckDBPyConnection,
    extracts: Path,
    settings: Settings,
    as_at: date,
    progress: Callable[[str], None] = lambda line: None,
    *,
    spellings: Path | None = None,
    scratch: Path | None = None,
    own: Mapping[str, OwnTable] | None = None,
) -> LoadReport:
    """Read a folder of extracts into ``con``: every table of the contract, and what became of every row.

    Makes the contract's tables (empty where no file was supplied), ``supplied``, ``rejects``, ``flags``,
    ``unreadable_plans``, ``restricted_records`` and ``load_files``. ``as_at`` is the night's own date: what starts after it is flagged.
    ``spellings`` is the council's own spellings.csv, if it has one; ``scratch`` is where files in other encodings are written
    out as UTF-8 (removed again; by default the system's folder for temporary files). ``progress`` is told of each file. ``own``: tables
    made of the council's own workbooks, by name.

    Raises NightRefused for whatever the contract says refuses a night, with all that is wrong with all files; ``con`` is then half filled
    and is to be thrown away.
    """
    try:
        return _read(con, extracts, settings, as_at, progress, spellings, scratch, own or {})
    except NightRefused as refused:
        proposal = "" if settings.system else propose_by_headers(con, extracts)
        if not proposal:
            raise
        between = "\n" if "\n" in str(refused) else " "
        raise NightRefused(f"{refused}{between}{proposal}") from None


def _read(
    con: duckdb.DuckDBPyConnection,
    extracts: Path,
    settings: Settings,
    as_at: date,
    progress: Callable[[str], None],
    spellings: Path | None,
    scratch: Path | None,
    own: Mapping[str, OwnTable],
) -> LoadReport:
    system = named(settings.system)
    files, refusals = find_files(extracts, system), Refusals()
    strays = (*files.warnings, *of_another_day(files.tables, as_at))
    if files.missing:
        refusals.found.append(NightRefused(files.missing))
    found = add_own_tables(files.tables, {name: table.path for name, table in own.items()})
    execute(con, CREATE_RECORDS)
    lists = code_matching.read_code_lists(spellings)
    reports, warnings = [], list(strays)
    with tempfile.TemporaryDirectory(dir=scratch, prefix="reading-") as folder:
        for report, said in _read_files(con, found, settings, lists, Path(folder), own, refusals):
            reports.append(report)
            warnings += said
            if report.file_name:
                progress(f"{report.file_name}: {report.rows_read:,} rows read, {report.rows_used:,} used")
    refusals.raise_any()
    name_own_rows(con, own)
    complete_episodes(con, system)
    proposal = "" if settings.system else propose_by_rows(con, extracts, reports)
    filled = {report.table_name for report in reports if report.rows_used}
    whole = finish(con, reports, filled, warnings, as_at, progress)
    return replace(whole, notes=system.notes, lacks=tuple(system.lacks_tables), proposal=proposal)


def finish(
    con: duckdb.DuckDBPyConnection,
    reports: list[FileReport],
    filled: Collection[str],
    warnings: list[str],
    as_at: date,
    progress: Callable[[str], None],
) -> LoadReport:
    """What follows once every table of the contract is there: estimated births, restrictions, flags, and the record of what was supplied.

    ``reports``: one for each table of the contract; ``filled``: the tables that have rows.
    Raises NightRefused where restrictions cannot be trusted.
    """
    restricted = next(report for report in reports if report.table_name == restrictions.RESTRICTIONS)
    # Of the council's own tables: those that are made of returns have these right.
    leave_out_late_entries(con)
    give_each_child_its_own(con)
    said = look_across(con, restricted.file_name, filled, as_at, progress)
    return keep_reports(con, reports, [*warnings, *said])


def look_across(
    con: duckdb.DuckDBPyConnection,
    restrictions_file: str,
    filled: Collection[str],
    as_at: date,
    progress: Callable[[str], None],
    second: Beside | None = None,
) -> list[str]:
    """Of ``finish`` what asks the tables: gives the warnings. ``restrictions_file``: the name of the file of restrictions, if there is one;
    ``filled``: the tables that have rows, or may have some; ``second``: a connection that does a part of it, if there is one."""
    _estimate_births(con, as_at)
    said = [*restrictions.keep_restrictions(con, as_at, restrictions_file)]
    progress("looking for records that contradict one another")
    said += warn_of_likely_causes(con, as_at, filled)
    flags.write_flags(con, as_at, filled, second)
    return said


def keep_reports(con: duckdb.DuckDBPyConnection, reports: list[FileReport], warnings: list[str]) -> LoadReport:
    """Of ``finish`` the record of what was supplied, beside the tables."""
    _insert(con, "supplied", [(report.table_name, report.supplied) for report in reports])
    _insert(con, "load_files", [report.values() for report in reports])
    return LoadReport(tuple(reports), tuple(warnings))


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: list[tuple]) -> None:
    """Add rows to a table of ours, bound a column at a time: a statement for every row would cost more than the rows."""
    places = ", ".join(f"unnest($c{at})" for at in range(len(rows[0])))
    con.execute(f"insert into {table} select {places}", {f"c{at}": list(cell) for at, cell in enumerate(zip(*rows, strict=True))})


def _estimate_births(con: duckdb.DuckDBPyConnection, as_at: date) -> None:
    """Use the expected date of birth, once it has passed, of a child who came into care and has no date of birth.

    A child in care has been born, so the estimate is at the latest the first day in care. The flag is also the mark by which pages
    and packs say that the date is estimated.
    """
    if not one_value(con.execute(ANY_EXPECTED, {"as_at": as_at})):
        return
    con.execute(ESTIMATE, {"as_at": as_at})
    con.execute(
        "update ssd_person set pers_dob = estimated_birth.dob from estimated_birth "
        "where estimated_birth.source_row = ssd_person.source_row"
    )
    con.execute(FLAG_ESTIMATED)
    con.execute("drop table estimated_birth")


def _read_files(
    con: duckdb.DuckDBPyConnection,
    found: dict[str, Path],
    settings: Settings,
    lists: code_matching.CodeLists,
    scratch: Path,
    own: Mapping[str, OwnTable],
    refusals: Refusals,
) -> Iterator[tuple[FileReport, list[str]]]:
    """Read every table of the contract, and give each one's report and warnings, in its order; in the same order what refuses the load is
    kept in ``refusals``. Where people are refused, the other files are judged for all but whose their rows are."""
    readers: list[FileReader] = []
    database, cores = one_row(con.execute("select current_database(), current_setting('threads')"))

    def open_reader() -> FileReader:
        own = con.cursor()
        own.execute(f'use "{database}"')
        parsing.define_macros(own)
        return FileReader(own, settings, scratch, lists)

    def read(name: str) -> tuple[FileReport, list[str]]:
        # A reader is taken by one thread and given back; there are as many as threads, so one is always free.
        reader = readers.pop()
        try:
            table = tables()[name]
            return read_own_table(reader, table, own[name]) if name in own else reader.read_or_leave(table, found[name])
        finally:
            readers.append(reader)

    def know_nobody() -> None:
        for reader in readers:
            reader.people_known = False

    readers += [open_reader() for _ in range(FILES_AT_A_TIME)]
    with ThreadPoolExecutor(FILES_AT_A_TIME) as threads:
        try:
            if PEOPLE in found:
                with refusals.kept():
                    yield read(PEOPLE)
            if refusals.found:
                know_nobody()
                typed_tables.create_empty(con, tables()[PEOPLE], again=True)
            # The readers share the cores out between them: small files are slower when each reader has all of them.
            con.execute("set threads = $share", {"share": max(1, cores // FILES_AT_A_TIME)})
            # Where a system names a child by its period of care, the episodes say whose that is.
            first = [EPISODES] if named(settings.system).person_through and EPISODES in found else []
            for name in first:
                with refusals.kept():
                    yield read(name)
            if first and refusals.found:
                know_nobody()
            others = sorted(
                (name for name in found if name not in (PEOPLE, *first)),
                key=lambda name: -(found[name].stat().st_size if found[name].exists() else 0),
            )
            reading = {name: threads.submit(read, name) for name in others}
            for table in tables().values():
                if table.name in reading:
                    with refusals.kept():
                        yield reading[table.name].result()
                elif table.name not in (PEOPLE, *first):
                    typed_tables.create_empty(con, table)
                    yield FileReport(table.name, absent_columns=", ".join(table.column_names)), []
        finally:
            threads.shutdown(cancel_futures=True)
            for reader in readers:
                reader.con.close()
            con.execute("set threads = $cores", {"cores": cores})
