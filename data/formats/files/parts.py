"""Files of another format, each read by the reader of all files into a temporary table of that format's own, before SQL goes over them all.

A row at fault names the file, row, column and value as whoever exported it knows them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from data.contract import code_matching
from data.contract.contract import Table, tables
from data.reading import parsing, typed_tables
from data.reading.file_reading import FileReader
from data.reading.folder import add_own_tables
from data.reading.load_report import FileReport
from data.reading.own_tables import OwnTable, name_own_rows, read_own_table
from data.reading.reading import CREATE_RECORDS
from data.reading.together import read_together
from data.settings import Settings
from data.sql_results import one_value

PLANS = "ssd_cla_care_plan"
ROW_WORDS = "update {table} set {column} = $place || (source_row - $first) || ': ' || {column} where table_name = $raw"


@dataclass(frozen=True)
class Part:
    """A file of one table of a format: ``shown`` is the name of what it came from, ``place`` where a row of it is, in words, up to its
    number, ``first`` what a row's number in ``path`` is more than the number that is said. ``columns``: a column's name as it is shown.
    """

    table: str
    path: Path
    shown: str
    place: str
    first: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)


class PartReader:
    """Reads the files of a format one after another. ``sources`` and ``warnings`` are what became of them.

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
        con.execute(CREATE_RECORDS)
        for table in format_tables.values():
            con.execute(f"create or replace temp table {table.name} as {_empty(table)}")
        for table in tables().values():
            typed_tables.create_empty(con, table)
        parsing.define_macros(con)
        self.lists = code_matching.load_code_lists(con, spellings)
        self.con, self.progress, self.feeds = con, progress, feeds
        self.reader = FileReader(con, settings, scratch, self.lists, people, some_people)
        self.sources: list[FileReport] = []
        self.warnings: list[str] = []

    def read_all(self, table: Table, parts: Sequence[Part]) -> None:
        """The files of one table, in their order: all that are sound in one pass, and every other by itself, with what is wrong with it."""
        of_path = {part.path: part for part in parts}
        found = read_together(self.con, table, list(of_path), self.lists, self.reader.settings, self.reader.scratch)
        for run in found.runs:
            if run[0] in found.reports:
                self.con.execute(
                    f"insert into temp.{table.name} by name "
                    "select * exclude (filename), $shown[list_position($run, filename)] as file "
                    "from together where filename in (select unnest($run::varchar[])) "
                    "order by list_position($run, filename), source_row",
                    {"run": [found.read_as[path] for path in run], "shown": [of_path[path].shown for path in run]},
                )
                for path in run:
                    self._note(table, of_path[path], found.reports[path], [])
            else:
                self.read(table, of_path[run[0]])

    def read(self, table: Table, part: Part) -> None:
        """One file into the rows of its table, with the file's name beside each."""
        raw, feeds = table.name, self.feeds[table.name]
        # The reader makes a table of the file; what there is of the same name in temp would hide it.
        self.con.execute(f"alter table temp.{raw} rename to all_{raw}")
        try:
            report, warnings = self.reader.read(table, part.path)
            self.con.execute(f"insert into temp.all_{raw} by name select *, $file as file from {raw}", {"file": part.shown})
        finally:
            self.con.execute(f"drop table if exists {raw}")
            self.con.execute(f"alter table temp.all_{raw} rename to {raw}")
        if one_value(
            self.con.execute(
                "select exists (from rejects where table_name = $raw) or exists (from flags where table_name = $raw)",
                {"raw": raw},
            )
        ):
            self._name_faults(part, raw, feeds)
        self._note(table, part, report, warnings)

    def _note(self, table: Table, part: Part, report: FileReport, warnings: list[str]) -> None:
        """Keep what became of a part, under the names that whoever exported it knows."""
        absent = [part.columns.get(name, name) for name in report.absent_columns.split(", ") if name not in ("line", "")]
        self.sources.append(replace(report, file_name=part.shown, extra_columns="", absent_columns=", ".join(absent)))
        self.warnings += [warning.replace(part.path.name, part.shown, 1) for warning in warnings]
        self.progress(f"{part.shown} ({table.title}): {report.rows_read:,} rows read, {report.rows_used:,} used")

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
        table: reports by table, and warnings."""
        reports, warnings = {}, []
        for name, path in add_own_tables(dict(found), {name: table.path for name, table in own.items()}).items():
            # What the format gave for the table goes, and its faults with it.
            self.con.execute(f"drop table {name}")
            for record in ("rejects", "flags"):
                self.con.execute(f"delete from {record} where table_name = $name", {"name": name})
            if name == PLANS:
                self.con.execute("delete from unreadable_plans")
            table = tables()[name]
            read = read_own_table(self.reader, table, own[name]) if name in own else self.reader.read_or_leave(table, path)
            reports[name], said = read
            warnings += said
            self.progress(f"{path.name}: {reports[name].rows_read:,} rows read, {reports[name].rows_used:,} used")
        name_own_rows(self.con, own)
        return reports, warnings


def _empty(table: Table) -> str:
    columns = [f"null::{parsing.TYPES.get(column.kind, 'varchar')} as {column.name}" for column in table.columns]
    return f"select {', '.join(columns)}, null::integer as source_row, null::varchar as file limit 0"
