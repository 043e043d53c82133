"""Returns of several years, in one folder, into the contract's tables: each file by the reader of all files, then SQL over them all."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from data.contract import code_matching
from data.contract.contract import Table, tables
from data.errors import NightRefused
from data.formats.ssda903.folder import NOT_USED, SUPPLEMENT, ReturnFiles, find_return_files, return_tables
from data.formats.ssda903.reporting import EPISODES, FEEDS, HEADER, fed_table, findings, notes_on_returns
from data.formats.ssda903.supplement import add_care_plans, add_social_workers
from data.formats.ssda903.xml_files import ELEMENTS, unpack
from data.reading import parsing, typed_tables
from data.reading.file_reading import FileReader
from data.reading.folder import add_own_tables
from data.reading.load_report import FileReport, LoadReport
from data.reading.own_tables import OwnTable, name_own_rows, read_own_table
from data.reading.reading import CREATE_RECORDS, finish
from data.settings import Settings
from data.sql_results import one_value

SQL = Path(__file__).with_name("sql")
PEOPLE = "ssd_person"
# What every load needs of the dataset, and the return does not hold, or not in every year.
NOT_IN_THE_RETURN = ("ssd_cla_care_plan", "ssd_involvements", "ssd_department")
# The same that the dataset itself must have: people, and their episodes.
MUST_HAVE_ROWS = (HEADER, EPISODES)
ROW_WORDS = "update {table} set {column} = $place || (source_row - $first) || ': ' || {column} where table_name = $raw"


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
    found = find_return_files(extracts)
    con.execute(CREATE_RECORDS)
    for name in return_tables():
        con.execute(f"create or replace temp table {name} as {_empty(name)}")
    for table in tables().values():
        typed_tables.create_empty(con, table)
    with tempfile.TemporaryDirectory(dir=scratch, prefix="returns-") as folder:
        reader = _Returns(con, settings, Path(folder), spellings, progress)
        files = [_File(name, path) for name, paths in found.tables.items() for path in paths if name not in NOT_USED]
        for path in found.xml:
            files += [_File(name, part, path.name, ELEMENTS[name]) for name, part in unpack(path, Path(folder)).items()]
        if found.supplement:
            files.append(_File(SUPPLEMENT, found.supplement))
        reader.read_files(files)
        for name in MUST_HAVE_ROWS:
            if not one_value(con.execute(f"select count(*) from {name}")):
                raise NightRefused(
                    f"No row of the {return_tables()[name].title} table of the returns can be used, and every data load needs some; "
                    "export the returns again."
                )
        for path in sorted(SQL.glob("*.sql")):
            con.execute(path.read_text(encoding="utf-8"))
        add_social_workers(con, settings)
        add_care_plans(con)
        read, said = reader.read_contract_files(found, own or {})
        name_own_rows(con, own or {})
    reports = [read.get(table.name) or fed_table(con, table, reader.sources) for table in tables().values()]
    warnings = [f"{path.name} is neither a table of the return nor of the contract, and was not read." for path in found.strays]
    report = finish(con, reports, [*warnings, *said, *reader.warnings, *findings(con, as_at)], as_at, progress, spellings)
    lacks = tuple(table for table in NOT_IN_THE_RETURN if table not in read)
    return replace(report, sources=tuple(reader.sources), notes=notes_on_returns(con, found), lacks=lacks)


def _empty(name: str) -> str:
    columns = [f"null::{parsing.TYPES.get(column.kind, 'varchar')} as {column.name}" for column in return_tables()[name].columns]
    return f"select {', '.join(columns)}, null::integer as source_row, null::varchar as file limit 0"


@dataclass(frozen=True)
class _File:
    """A file of one table of the return; of XML, the part of it that ``path`` is, the name of the XML file and the rows' element."""

    table: str
    path: Path
    xml: str = ""
    element: str = ""

    @property
    def shown(self) -> str:
        return self.xml or self.path.name

    @property
    def place(self) -> str:
        """Where a row is, in words, up to its number."""
        return f"{self.xml}, {self.element} number " if self.xml else f"{self.path.name}, row "

    @property
    def first(self) -> int:
        """What a row's number in the part is more than the number that is said."""
        return 1 if self.xml else 0


class _Returns:
    """Reads the files one after another with the reader of all files; rows at fault name the return's file, row, column and value."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        settings: Settings,
        scratch: Path,
        spellings: Path | None,
        progress: Callable[[str], None],
    ) -> None:
        parsing.define_macros(con)
        code_matching.load_code_lists(con, spellings)
        self.con, self.progress = con, progress
        self.reader = FileReader(con, settings, scratch)
        self.sources: list[FileReport] = []
        self.warnings: list[str] = []

    def read_files(self, files: list[_File]) -> None:
        """Header first, which says who is known; the other files ask ``ssd_person``, which is empty again afterwards."""
        for file in files:
            if file.table == HEADER:
                self._read(replace(return_tables()[HEADER], person=None), file)
        self.con.execute(f"insert into {PEOPLE} (pers_person_id) select distinct child from {HEADER}")
        for file in files:
            if file.table != HEADER:
                self._read(return_tables()[file.table], file)
        self.con.execute(f"delete from {PEOPLE}")

    def read_contract_files(self, found: ReturnFiles, own: Mapping[str, OwnTable]) -> tuple[dict[str, FileReport], list[str]]:
        """The contract's own files, as they are, over what the returns give for the same table: reports by table, and warnings."""
        reports, warnings = {}, []
        for name, path in add_own_tables(found.contract, {name: table.path for name, table in own.items()}).items():
            self.con.execute(f"drop table {name}")
            table = tables()[name]
            reports[name], said = read_own_table(self.reader, table, own[name]) if name in own else self.reader.read(table, path)
            warnings += said
            self.progress(f"{path.name}: {reports[name].rows_read:,} rows read, {reports[name].rows_used:,} used")
        return reports, warnings

    def _read(self, table: Table, file: _File) -> None:
        """One file into the rows of its table, with the file's name beside each."""
        raw, feeds = table.name, FEEDS[table.name]
        # The reader makes a table of the file; what there is of the same name in temp would hide it.
        self.con.execute(f"alter table temp.{raw} rename to all_{raw}")
        try:
            report, warnings = self.reader.read(table, file.path)
            self.con.execute(f"insert into temp.all_{raw} by name select *, $file as file from {raw}", {"file": file.shown})
        finally:
            self.con.execute(f"drop table if exists {raw}")
            self.con.execute(f"alter table temp.all_{raw} rename to {raw}")
        asked = {"place": file.place, "first": file.first, "raw": raw}
        self.con.execute(ROW_WORDS.format(table="rejects", column="reason"), asked)
        self.con.execute("update rejects set reason = replace(reason, 'is not in ssd_person; export that person', "
                         "'is in no Header table; export that child')")  # fmt: skip
        self.con.execute(ROW_WORDS.format(table="flags", column="message"), asked)
        for record in ("rejects", "flags"):
            self.con.execute(f"update {record} set table_name = $feeds where table_name = $raw", {"feeds": feeds, "raw": raw})
        self.con.execute("update rejects set column_name = upper(column_name) where table_name = $feeds", {"feeds": feeds})
        self.sources.append(
            replace(report, file_name=file.shown, extra_columns="", absent_columns=_without_line(report.absent_columns))
        )
        self.warnings += warnings
        self.progress(f"{file.shown} ({table.title}): {report.rows_read:,} rows read, {report.rows_used:,} used")


def _without_line(columns: str) -> str:
    return ", ".join(name.upper() for name in columns.split(", ") if name not in ("line", ""))
