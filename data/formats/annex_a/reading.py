"""An Annex A workbook into the contract's tables: each list by the reader of all files, then SQL over them all."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb

from data.contract.code_matching import need_code_lists
from data.contract.contract import (
    CHILDREN_NOT_IN_CARE,
    EARLIER_RECORDS,
    FOSTERING_PLANS,
    PARALLEL_PLANS,
    PLAN_STARTS,
    tables,
)
from data.errors import NightRefused, Refusals
from data.formats.annex_a.folder import find_workbook
from data.formats.annex_a.headings import list_tables
from data.formats.annex_a.reporting import (
    FED_BY,
    FEEDS,
    NOT_IN_THE_WORKBOOK,
    fed_table,
    findings,
    notes_on_workbook,
    without_value,
)
from data.formats.annex_a.workbook import LIST_8, Lists, Sheet, read_sheets
from data.formats.files.filled import filled_tables
from data.formats.files.parts import NOT_READ, Part, PartReader
from data.reading.load_report import FileReport, LoadReport
from data.reading.own_tables import OwnTable
from data.reading.reading import finish
from data.reading.unknown_codes import CodedFile
from data.restrictions.mistaken import refuse_sheet
from data.restrictions.restrictions import RESTRICTIONS
from data.settings import Settings
from data.sql_results import one_value

SQL = Path(__file__).with_name("sql")
PLANS = "ssd_cla_care_plan"
# Annex A's own answer f, in any of its wordings, does not say whether the carers are relatives or friends.
UNTOLD = """
select exists (
    from care
    where plan = 'LTFOST18'
        and regexp_full_match(letters_of(plan_text), '(f )?((long term|lt|permanent|permanency through long term) )?fostering')
)
"""


def read_workbook(
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
    """Read an Annex A workbook (``extracts``: the file, or the folder that holds it) into ``con``, as ``read_night`` reads the dataset.

    The tables of the contract that stand beside it under their own names are read as they are, and so are ``own``, those made of the
    council's own workbooks. ``as_at``: the day that the workbook shows, on which what has no date of its own starts. Raises NightRefused.
    """
    found = find_workbook(extracts)
    with tempfile.TemporaryDirectory(dir=scratch, prefix="workbook-") as folder:
        refusals = Refusals()
        lists = read_sheets(found.workbook, Path(folder), refusals)
        if RESTRICTIONS not in found.contract and RESTRICTIONS not in (own or {}):
            refuse_sheet(found.workbook.name, lists.others)
        reader = PartReader(
            con, settings, Path(folder), spellings, progress, list_tables(), FEEDS, "the workbook", some_people=True
        )
        reader.create_tables()
        reader.refusals = refusals
        sheets = _read_lists(reader, lists)
        if not refusals.found and not one_value(con.execute(f"select count(*) from {LIST_8}")):
            refusals.found.append(
                NightRefused(
                    f"{found.workbook.name} has no row of List 8 (children in care) that can be used, and every data load needs some; make "
                    "the workbook again."
                )
            )
        reader.reader.people_known = not refusals.found
        roles = [*settings.allocated_worker_contains, *settings.allocated_worker_equals]
        con.execute("set variable as_at = $as_at", {"as_at": as_at})
        con.execute("set variable role = $role", {"role": roles[0] if roles else None})
        need_code_lists(con, reader.lists)
        for path in sorted(SQL.glob("*.sql")):
            con.execute(path.read_text(encoding="utf-8"))
        given, said = reader.read_contract_files(found.contract, own or {})
    filled = filled_tables(con, {*FED_BY, *given})
    with_rows = {name for name, table in filled.items() if table.rows}
    reports = [
        given.get(table.name) or fed_table(table, filled[table.name], sheets, reader.sources) for table in tables().values()
    ]
    warnings = [f"{path.name} is neither the workbook nor a table of the contract, and was not read." for path in found.strays]
    warnings += [*said, *reader.warnings, *findings(con, as_at, found.workbook.name, sheets)]
    warnings += without_value(con, found.workbook.name, sheets, given)
    report = finish(con, reports, with_rows, warnings, as_at, progress)
    _say_what_is_partial(con, given)
    lacks = tuple(table for table in NOT_IN_THE_WORKBOOK if table not in given)
    notes = notes_on_workbook(found.workbook.name, sheets, lists.others, PLANS in given)
    return replace(report, sources=tuple(reader.sources), notes=notes, lacks=lacks)


def coded_files(extracts: Path, folder: Path) -> list[CodedFile]:
    """The lists of a workbook, and the tables beside it, that may have unknown codes; the lists are written into ``folder``."""
    found = find_workbook(extracts)
    sheets = read_sheets(found.workbook, folder, Refusals()).sheets
    lists = [CodedFile(sheet.table, sheet.path, sheet.path.name) for sheet in sheets]
    return [*lists, *(CodedFile(tables()[name], path, path.name) for name, path in found.contract.items())]


def _read_lists(reader: PartReader, lists: Lists) -> list[Sheet]:
    """The lists one after another: gives those that were read. Every child of a list is known, so that a row at fault is its child's, and
    hidden where the child is."""
    for sheet in lists.sheets:
        if sheet.table.person:
            reader.con.execute(
                "insert into ssd_person (pers_person_id) select distinct read_identifier(child) "
                "from read_csv($path, all_varchar = true, header = true, delim = ',', quote = '\"', escape = '\"') "
                "where read_identifier(child) is not null and read_identifier(child) not in (select pers_person_id from ssd_person)",
                {"path": str(sheet.path)},
            )
    for sheet in lists.sheets:
        place = f"{sheet.path.name}, row "
        reader.read(
            sheet.table,
            Part(
                sheet.table.name,
                sheet.path,
                sheet.path.name,
                place,
                columns=sheet.headings.shown,
                optional=sheet.table.name != LIST_8,
                not_read=sheet.headings.not_read,
            ),
        )
    for unread in lists.unread:
        reader.leave(unread.table, unread.place, unread.why)
    reader.con.execute("delete from ssd_person")
    left = {source.table_name for source in reader.sources if source.note == NOT_READ}
    return [sheet for sheet in lists.sheets if sheet.table.name not in left]


def _say_what_is_partial(con: duckdb.DuckDBPyConnection, given: dict[str, FileReport]) -> None:
    """A workbook shows the children of one day: rules that look back, or beyond them, wait, and those that ask what its plans leave out."""
    lacking = [EARLIER_RECORDS, CHILDREN_NOT_IN_CARE]
    if PLANS not in given:
        lacking += [PLAN_STARTS, PARALLEL_PLANS]
        if one_value(con.execute(UNTOLD)):
            lacking.append(FOSTERING_PLANS)
    for name in lacking:
        con.execute("insert into supplied values ($name, false)", {"name": name})
