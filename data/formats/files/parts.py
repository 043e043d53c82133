"""Files of another format, read by the reader of all files into tables of that format's own, before SQL goes over them all.

A row at fault names the file, row, column and value as whoever exported it knows them.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb

from data.beside import Beside
from data.contract import code_matching
from data.contract.contract import Table, tables
from data.errors import NightRefused, Refusals
from data.parsed_sql import execute
from data.reading import parsing, typed_tables
from data.reading.file_reading import FileReader, FileUnreadable
from data.reading.folder import add_own_tables
from data.reading.load_report import FileReport
from data.reading.own_tables import OwnTable, name_own_rows, read_own_table
from data.reading.reading import CREATE_RECORDS
from data.reading.together import Together, read_together
from data.settings import Settings
from data.sql_results import one_value

PLANS = "ssd_cla_care_plan"
RAW = "raw"
NOT_READ = "not supplied: it cannot be read."
ROWS = re.compile(r"\brows? ((?:\d+(?:,\d{3})*)(?:, \d+(?:,\d{3})*)*)")
ROW_WORDS = "update {table} set {column} = $place || (source_row - $first) || ': ' || {column} where table_name = $raw"


@dataclass(frozen=True)
class Part:
    """A file of one table of a format: ``shown`` is the name of what it came from, ``place`` where a row of it is, in words, up to its
    number, ``first`` what a row's number in ``path`` is more than the number that is said. ``columns``: a column's name as it is shown.
    ``optional``: where it cannot be read, it is not supplied; ``advice``: what a refusal of it ends with. ``not_read``: what it came from
    has these beside its columns, and nobody knows them.
    """

    table: str
    path: Path
    shown: str
    place: str
    first: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)
    optional: bool = False
    advice: str = ""
    not_read: tuple[str, ...] = ()

    def as_it_came(self, text: str) -> str:
        """A text about the part, in the words of what it came from: that file's name, and its numbers of rows."""
        unit = self.place.removeprefix(f"{self.shown}, ")

        def numbers(found: re.Match[str]) -> str:
            return unit + ", ".join(f"{int(number.replace(',', '')) - self.first:,}" for number in found[1].split(", "))

        text = text.replace(self.path.name, self.shown)
        return text if unit == "row " else ROWS.sub(numbers, text)


class PartReader:
    """Reads the files of a format one after another. ``sources`` and ``warnings`` are what became of them, ``refusals`` why the load is
    refused: whoever reads raises them at the end, so that they are said of all files at once.

    ``format_tables``: the format's tables by name; ``feeds``: the contract's table that each is read into, under which its rows at fault
    are shown; ``people``: what a child who is not in ssd_person is not in, in words; ``some_people``: see ``FileReader``.
    """

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        settings: Settings,
        scratch: Path,
        spellings: Path | None,
        progress: Callable[[str], None],
        format_tables: Mapping[str, Table],
        feeds: Mapping[str, str],
        people: str,
        some_people: bool = False,
    ) -> None:
        self.database = one_value(con.execute("select current_database()"))
        # A database in memory for what is read before it becomes the contract's tables: other connections see it, as they do not see
        # temporary tables.
        con.execute(f"attach ':memory:' as {RAW}")
        con.execute("set search_path = $places", {"places": f'"{self.database}".main,{RAW}.main'})
        self.lists = code_matching.read_code_lists(spellings)
        self.con, self.progress, self.feeds = con, progress, feeds
        self.format_tables = [table for name, table in format_tables.items() if name in feeds]
        self.reader = FileReader(con, settings, scratch, self.lists, people, some_people)
        self.sources: list[FileReport] = []
        self.warnings: list[str] = []
        self.refusals = Refusals()

    def create_tables(self) -> None:
        """Make all tables that the format needs: ``read_all`` does it by itself."""
        self._create_contract_tables(self.con)
        self._create_format_tables()
        self._define_macros(self.con)

    def _create_format_tables(self) -> None:
        execute(self.con, ";".join(_create(table) for table in self.format_tables))

    def _define_macros(self, con: duckdb.DuckDBPyConnection) -> None:
        parsing.define_macros(con, f"{RAW}.main")

    def _create_contract_tables(self, con: duckdb.DuckDBPyConnection) -> None:
        """Make the records, and the contract's tables, which the format fills."""
        execute(con, CREATE_RECORDS)
        for table in tables().values():
            typed_tables.create_empty(con, table)

    def read_all(self, people: Table, parts: Mapping[Table, Sequence[Part]], know: Callable[[], object], beside: Beside) -> None:
        """Make all tables, and read the files of some, in their order: of each table all that are sound in one pass, and then every other
        by itself, with what is wrong with it.

        ``people``: the one of them after which ``know`` puts everybody who is known into ssd_person; files of the others are judged then.
        ``beside``: a second connection, so that two tables are read at a time.
        """
        macros = beside.start(self._define_macros)
        created = beside.start(self._create_contract_tables)
        self._create_format_tables()
        macros.result()
        others = [table for table in parts if table is not people]
        # What takes longest comes first.
        waiting = deque(sorted(others, key=lambda table: -sum(part.path.stat().st_size for part in parts[table])))
        found: dict[Table, Together] = {}
        known: Future[object] = Future()

        def read_sound(con: duckdb.DuckDBPyConnection) -> None:
            while waiting:
                try:
                    table = waiting.popleft()
                except IndexError:  # the other took it
                    return
                found[table] = self._read_together(con, table, parts[table], known)

        reading = beside.start(read_sound)
        try:
            together = self._read_together(self.con, people, parts[people], created)
            created.result()
            self._read_rest(people, parts[people], together)
            self.reader.people_known = not self.refusals.found
            known.set_result(know())
        except BaseException as fault:
            known.set_exception(fault)  # or the other would wait for ever
            raise
        read_sound(self.con)
        reading.result()
        for table in others:
            self._read_rest(table, parts[table], found[table])

    def _read_together(self, con: duckdb.DuckDBPyConnection, table: Table, parts: Sequence[Part], ready: Future[Any]) -> Together:
        shown = {part.path: part.shown for part in parts}
        into, reader = f"{RAW}.{table.name}", self.reader
        return read_together(con, table, into, shown, self.lists, reader.settings, reader.scratch, ready)

    def _read_rest(self, table: Table, parts: Sequence[Part], together: Together) -> None:
        """Every file that is not among those that were read ``together``; and all rows in the order of the files."""
        for part in parts:
            if part.path in together.reports:
                self._note(table, part, together.reports[part.path], [])
            else:
                self.read(table, part)
        if together.reports and (together.passes > 1 or len(together.reports) < len(parts)):
            name = f"{RAW}.{table.name}"
            self.con.execute(
                f"create or replace table {name} as from {name} order by list_position($shown, file), source_row",
                {"shown": [part.shown for part in parts]},
            )

    def read(self, table: Table, part: Part) -> None:
        """One file into the rows of its table, with the file's name beside each; or why not into ``refusals`` or, of an optional one, into
        ``warnings``."""
        with self.refusals.kept():
            try:
                self._read(table, part)
            except FileUnreadable as refused:
                if not part.optional:
                    raise
                self.leave(table, part.shown, str(refused))

    def leave(self, table: Table, shown: str, why: str) -> None:
        """A file that cannot be read is not supplied."""
        self.sources.append(FileReport(table.name, shown, note=NOT_READ))
        self.warnings.append(f"{table.title} is not supplied: {why}")

    def _read(self, table: Table, part: Part) -> None:
        raw, feeds = table.name, self.feeds[table.name]
        # The reader makes a table of the file, in the database of the contract's tables, where its name is found before that of RAW.
        try:
            report, warnings = self._read_file(table, part)
            self.con.execute(f"insert into {RAW}.{raw} by name select *, $file as file from {raw}", {"file": part.shown})
        finally:
            self.con.execute(f'drop table if exists "{self.database}".main.{raw}')
        if one_value(
            self.con.execute(
                "select exists (from rejects where table_name = $raw) or exists (from flags where table_name = $raw)",
                {"raw": raw},
            )
        ):
            self._name_faults(part, raw, feeds)
        self._note(table, part, report, warnings)

    def _read_file(self, table: Table, part: Part) -> tuple[FileReport, list[str]]:
        try:
            return self.reader.read(table, part.path)
        except NightRefused as refused:
            raise type(refused)(f"{part.as_it_came(str(refused))}{part.advice}") from None

    def _note(self, table: Table, part: Part, report: FileReport, warnings: list[str]) -> None:
        """Keep what became of a part, under the names that whoever exported it knows."""
        absent = [part.columns.get(name, name) for name in report.absent_columns.split(", ") if name not in ("line", "")]
        extra = ", ".join(filter(None, (report.extra_columns, *part.not_read)))
        self.sources.append(replace(report, file_name=part.shown, extra_columns=extra, absent_columns=", ".join(absent)))
        self.warnings += [warning.replace(part.path.name, part.shown, 1) for warning in warnings]
        what = part.shown if table.title.partition(" (")[0] in part.shown else f"{part.shown} ({table.title})"
        self.progress(f"{what}: {report.rows_read:,} rows read, {report.rows_used:,} used")

    def _name_faults(self, part: Part, raw: str, feeds: str) -> None:
        """Say of the faults of a part where they are in what it came from, and put them under the table that it feeds."""
        asked = {"place": part.place, "first": part.first, "raw": raw}
        self.con.execute(ROW_WORDS.format(table="rejects", column="reason"), asked)
        self.con.execute(ROW_WORDS.format(table="flags", column="message"), asked)
        for name, shown in part.columns.items():
            self.con.execute(
                "update rejects set column_name = $shown where table_name = $raw and column_name = $name",
                {"shown": shown, "raw": raw, "name": name},
            )
        for record in ("rejects", "flags"):
            self.con.execute(f"update {record} set table_name = $feeds where table_name = $raw", {"feeds": feeds, "raw": raw})

    def read_contract_files(
        self, found: Mapping[str, Path], own: Mapping[str, OwnTable]
    ) -> tuple[dict[str, FileReport], list[str]]:
        """The contract's own files, as they are, and the tables of the council's own workbooks, over what the format gives for the same
        table: reports by table, and warnings. Raises NightRefused with all ``refusals``, those of other files too."""
        reports, warnings = {}, []
        for name, path in add_own_tables(dict(found), {name: table.path for name, table in own.items()}).items():
            # What the format gave for the table goes, and its faults with it.
            self.con.execute(f"drop table {name}")
            for record in ("rejects", "flags"):
                self.con.execute(f"delete from {record} where table_name = $name", {"name": name})
            if name == PLANS:
                self.con.execute("delete from unreadable_plans")
            table = tables()[name]
            with self.refusals.kept():
                read = read_own_table(self.reader, table, own[name]) if name in own else self.reader.read_or_leave(table, path)
                reports[name], said = read
                warnings += said
                self.progress(f"{path.name}: {reports[name].rows_read:,} rows read, {reports[name].rows_used:,} used")
        self.refusals.raise_any()
        name_own_rows(self.con, own)
        return reports, warnings


def _create(table: Table) -> str:
    columns = [f"{column.name} {parsing.TYPES.get(column.kind, 'varchar')}" for column in table.columns]
    return f"create table {RAW}.{table.name} ({', '.join([*columns, 'source_row integer', 'file varchar', 'trouble varchar'])})"
