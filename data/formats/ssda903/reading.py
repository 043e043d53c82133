"""Returns of several years, in one folder, into the contract's tables: each file by the reader of all files, then SQL over them all."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb

from data.beside import Beside, beside
from data.contract.code_matching import CodeLists
from data.contract.contract import Table, tables
from data.errors import NightRefused, Refusals
from data.formats.files.filled import filled_tables
from data.formats.files.parts import Part, PartReader
from data.formats.ssda903.folder import (
    NOT_USED,
    SUPPLEMENT,
    ReturnFiles,
    advice_on,
    find_return_files,
    return_tables,
    warnings_of,
)
from data.formats.ssda903.reporting import EPISODES, FEEDS, HEADER, fed_table, findings, may_have_rows, notes_on_returns
from data.formats.ssda903.supplement import add_care_plans, add_social_workers
from data.formats.ssda903.xml_files import ELEMENTS, unpack
from data.parsed_sql import execute
from data.reading.load_report import LoadReport
from data.reading.own_tables import OwnTable
from data.reading.reading import keep_reports, look_across
from data.reading.unknown_codes import CodedFile
from data.restrictions.restrictions import RESTRICTIONS
from data.settings import Settings
from data.sql_results import one_value

SQL = Path(__file__).with_name("sql")
PEOPLE = "ssd_person"
# What every load needs of the dataset, and the return does not hold, or not in every year.
NOT_IN_THE_RETURN = ("ssd_cla_care_plan", "ssd_involvements", "ssd_department")
# The same that the dataset itself must have: people, and their episodes.
MUST_HAVE_ROWS = (HEADER, EPISODES)


def read_returns(
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
    """Read a folder of SSDA903 returns into ``con``, as ``read_night`` reads the Standard Safeguarding Dataset.

    The tables of the contract that stand beside the returns under their own names (local_meetings.csv and the like) are read as they
    are, and so are ``own``, those made of the council's own workbooks. ``as_at``: the day to count; what starts later is flagged. Raises
    NightRefused.
    """
    found, refusals = find_return_files(extracts)
    with tempfile.TemporaryDirectory(dir=scratch, prefix="returns-") as folder:
        reader = PartReader(con, settings, Path(folder), spellings, progress, return_tables(), FEEDS, "any Header table")
        with beside(con) as second:
            reader.refusals = refusals
            _read_parts(reader, second, _parts(found, Path(folder), refusals))
            open_ends = [] if refusals.found else _fill_tables(con, second, reader.lists, settings, as_at)
            read, said = reader.read_contract_files(found.contract, own or {})
            names = may_have_rows(reader.sources, read)
            counting = second.start(lambda con: filled_tables(con, names))
            restrictions_file = read[RESTRICTIONS].file_name if RESTRICTIONS in read else ""
            across = look_across(con, restrictions_file, names, as_at, progress, second)
            filled = counting.result()
    reports = [read.get(table.name) or fed_table(table, filled[table.name], reader.sources) for table in tables().values()]
    report = keep_reports(con, reports, [*warnings_of(found), *said, *reader.warnings, *open_ends, *across])
    lacks = tuple(table for table in NOT_IN_THE_RETURN if table not in read)
    return replace(report, sources=tuple(reader.sources), notes=notes_on_returns(con, found), lacks=lacks)


def coded_files(extracts: Path, folder: Path) -> list[CodedFile]:
    """The files of a folder of returns that may have unknown codes; of a return as XML, parts that are written into ``folder``."""
    found, refusals = find_return_files(extracts)
    parts = [CodedFile(return_tables()[part.table], part.path, part.shown) for part in _parts(found, folder, refusals)]
    return [*parts, *(CodedFile(tables()[name], path, path.name) for name, path in found.contract.items())]


def _parts(found: ReturnFiles, folder: Path, refusals: Refusals) -> list[Part]:
    """The files that are read. Of a return as XML, each table of it, which is written into ``folder``; one that cannot be read is kept in
    ``refusals``."""
    parts = [_csv_part(name, path) for name, paths in found.tables.items() for path in paths if name not in NOT_USED]
    for path in found.xml:
        with refusals.kept():
            written, not_read = unpack(path, folder)
            for name, part in written.items():
                place, unknown = f"{path.name}, {ELEMENTS[name]} number ", tuple(not_read.get(name, ()))
                parts.append(Part(name, part, path.name, place, 1, _upper(name), not_read=unknown))
    if found.supplement:
        parts.append(_csv_part(SUPPLEMENT, found.supplement))
    return parts


def _csv_part(name: str, path: Path) -> Part:
    optional = name == SUPPLEMENT
    return Part(name, path, path.name, f"{path.name}, row ", 0, _upper(name), optional, "" if optional else advice_on(name))


def _upper(name: str) -> dict[str, str]:
    return {column: column.upper() for column in return_tables()[name].column_names}


def _read_parts(reader: PartReader, second: Beside, parts: list[Part]) -> None:
    """Header says who is known; the other files ask ``ssd_person``, which is empty again afterwards."""
    header = replace(return_tables()[HEADER], person=None)
    of_table: dict[Table, list[Part]] = {header: []}
    for part in parts:
        of_table.setdefault(header if part.table == HEADER else return_tables()[part.table], []).append(part)

    def know() -> None:
        reader.con.execute(f"insert into {PEOPLE} (pers_person_id) select distinct child from {HEADER}")

    reader.read_all(header, of_table, know, second)
    reader.con.execute(f"delete from {PEOPLE}")
    for name in MUST_HAVE_ROWS if not reader.refusals.found else ():
        if not any(source.rows_used for source in reader.sources if source.table_name == name):
            reader.refusals.found.append(
                NightRefused(
                    f"No row of the {return_tables()[name].title} table of the returns can be used, and every data load needs some; "
                    "export the returns again."
                )
            )


def _fill_tables(con: duckdb.DuckDBPyConnection, second: Beside, lists: CodeLists, settings: Settings, as_at: date) -> list[str]:
    """The contract's tables from the rows of all returns: people and what is theirs beside the episodes, and then what asks both. Gives
    warnings on what the returns leave open."""

    def fill_beside(con: duckdb.DuckDBPyConnection) -> None:
        _run(con, "02_people")
        add_social_workers(con, settings)
        add_care_plans(con, lists)

    _run(con, "01_returns")
    people = second.start(fill_beside)
    _run(con, "03_episodes")
    redated = _leave_redated(con)
    people.result()
    runs = second.start(lambda con: _run(con, "04_runs"))
    _run(con, "04_periods")
    permanence = second.start(lambda con: _run(con, "05_permanence"))
    _run(con, "05_reviews")
    # Reviews of no period, or of several returns.
    if one_value(con.execute("select (select count(*) from ssda903_reviews) > (select count(*) from ssd_cla_reviews)")):
        _run(con, "05_reviews_outside")
    _run(con, "06_findings")
    said = findings(con, as_at, redated)
    runs.result()
    permanence.result()
    return said


def _leave_redated(con: duckdb.DuckDBPyConnection) -> int:
    """Leave out the episodes that a newer return has under another first day. Gives their number."""
    left_open = "was_left_open and return_number < (select max(return_number) from return_order)"
    if not one_value(con.execute(f"select exists (from run_episode where {left_open})")):
        return 0
    _run(con, "03_redated")
    redated = one_value(con.execute("select count(*) from redated"))
    if redated:
        _run(con, "03_episodes")
    return redated


def _run(con: duckdb.DuckDBPyConnection, name: str) -> None:
    execute(con, (SQL / f"{name}.sql").read_text(encoding="utf-8"))
