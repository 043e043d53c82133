"""Tables made of the council's own workbooks: read by the same reader, but a fault costs that table alone, and names the workbook's row.

``data/formats/workbooks`` writes each as a file in the form of a CSV, whose row 2 and on are the rows of its sheets, one sheet after the
other. The file of restrictions is no exception to the rule that it refuses the load.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

import duckdb

from data.contract.contract import Table
from data.errors import NightRefused
from data.reading import typed_tables
from data.reading.file_reading import MOST_LISTED, FileReader
from data.reading.load_report import FileReport
from data.restrictions.restrictions import RESTRICTIONS
from data.sql_results import one_row

MOST_UNKNOWN = 0.5


@dataclass(frozen=True)
class Sheet:
    """Rows ``first`` to ``last`` of the file are those of one sheet: ``place`` in words, and how much lower they stand there (``shift``).
    ``columns``: {column of the contract: the sheet's own heading}."""

    place: str
    first: int
    last: int
    shift: int
    columns: Mapping[str, str]


@dataclass(frozen=True)
class UnlistedRow:
    """A row of the file of which mapping.toml says neither that it is kept nor that it is left out, for its ``text`` under ``heading``."""

    row: int
    heading: str
    text: str

    @property
    def reason(self) -> str:
        said = f"is '{self.text}'" if self.text else "is empty"
        return f'column "{self.heading}" {said}, which mapping.toml neither keeps nor leaves out: add it to keep or leave_out.'


@dataclass(frozen=True)
class OwnTable:
    """One table's file; whether it names children by pers_legacy_id; its sheets; why it cannot be read at all, if it cannot.

    ``left_out``: {text: rows} of the rows that mapping.toml leaves out, which are not in the file; ``unlisted``: those that are in it, and
    not used; ``not_read``: headings of its sheets that mapping.toml does not name.
    """

    path: Path
    by_legacy_id: bool = False
    sheets: tuple[Sheet, ...] = field(default=())
    fault: str = ""
    left_out: Mapping[str, int] = field(default_factory=dict)
    unlisted: tuple[UnlistedRow, ...] = ()
    not_read: tuple[str, ...] = ()

    @property
    def rows_left_out(self) -> str:
        """How many rows are left out, and which, as a sentence; "" for none."""
        if not self.left_out:
            return ""
        rows = sum(self.left_out.values())
        return f"{rows:,} {_rows(rows)} left out by mapping.toml ({_counted(self.left_out)})."

    @property
    def texts_unlisted(self) -> dict[str, int]:
        """{text: rows} of the rows that are neither kept nor left out, the most first."""
        return dict(Counter(row.text for row in self.unlisted).most_common())


def _rows(count: int) -> str:
    return "row" if count == 1 else "rows"


def _counted(texts: Mapping[str, int]) -> str:
    shown = [f"'{text}' {rows:,}" if text else f"empty {rows:,}" for text, rows in islice(texts.items(), MOST_LISTED)]
    more = [f"{len(texts) - MOST_LISTED:,} more texts"] if len(texts) > MOST_LISTED else []
    return ", ".join([*shown, *more])


def read_own_table(reader: FileReader, table: Table, own: OwnTable) -> tuple[FileReport, list[str]]:
    """As ``FileReader.read``; what cannot be trusted is *not supplied*, with a warning that says why."""
    con = reader.con
    try:
        if own.fault:
            raise NightRefused(own.fault)
        if own.unlisted and table.name == RESTRICTIONS:
            raise NightRefused(f"{own.path.name}, row {own.unlisted[0].row}: {own.unlisted[0].reason}")
        unused = {row.row: (row.text, row.reason) for row in own.unlisted}
        report, warnings = reader.read(
            table, own.path, by_legacy_id=own.by_legacy_id, unknown_people_expected=True, unused=unused
        )
        _refuse_unknown_people(con, table, own, report)
        note = " ".join(filter(None, (report.note, own.rows_left_out)))
        return replace(report, extra_columns=", ".join(own.not_read), note=note), warnings
    except NightRefused as refused:
        if table.name == RESTRICTIONS:
            raise
        con.execute(f"drop table if exists {table.name}")
        for record in ("rejects", "flags"):
            con.execute(f"delete from {record} where table_name = $table", {"table": table.name})
        typed_tables.create_empty(con, table)
        said = f"{table.name} is not supplied: {_in_own_rows(str(refused), own)}"
        if own.unlisted:
            said += f" Neither kept nor left out are rows with {_counted(own.texts_unlisted)}."
        note = " ".join(filter(None, ("not supplied.", own.rows_left_out)))
        return FileReport(table.name, own.path.name, absent_columns=", ".join(table.column_names), note=note), [said]


def _in_own_rows(refused: str, own: OwnTable) -> str:
    many = [f"rows {sheet.first} to {sheet.last} are {sheet.place}" for sheet in own.sheets]
    shifted = any(sheet.shift for sheet in own.sheets) or len(own.sheets) > 1
    return (
        f"{refused} (Rows are counted over all its sheets: {'; '.join(many)}.)" if shifted and many and not own.fault else refused
    )


def _refuse_unknown_people(con: duckdb.DuckDBPyConnection, table: Table, own: OwnTable, report: FileReport) -> None:
    unknown, first = one_row(
        con.execute(
            "select count(*), min_by(person_id, source_row) from rejects where table_name = $table and rule = 'unknown_person'",
            {"table": table.name},
        )
    )
    if report.rows_read and unknown > MOST_UNKNOWN * report.rows_read:
        raise NightRefused(
            f"{own.path.name}: {unknown:,} of {report.rows_read:,} rows name people who are not in ssd_person (the first: {first}); the "
            "column of the child is not the right one, or holds the other number: see person in mapping.toml."
        )


def name_own_rows(con: duckdb.DuckDBPyConnection, own: Mapping[str, OwnTable]) -> None:
    """Let every fault in these tables begin with its workbook, sheet, row and heading, and count rows as the sheet does."""
    for name, one in own.items():
        for sheet in one.sheets:
            headings = {"columns": list(sheet.columns), "headings": list(sheet.columns.values())}
            for record, said in (("rejects", "reason"), ("flags", "message")):
                # The heading is known for a reject alone; a flag names its column in its words.
                heading = (
                    "coalesce(', column \"' || $headings[list_position($columns, column_name)] || '\"', '')"
                    if record == "rejects"
                    else "''"
                )
                asked = {"place": sheet.place, "shift": sheet.shift, "table": name, "first": sheet.first, "last": sheet.last}
                con.execute(
                    f"""
                    update {record}
                    set {said} = $place || ', row ' || (source_row + $shift) || {heading} || ': ' || {said}
                    where table_name = $table and source_row between $first and $last
                    """,
                    asked | (headings if record == "rejects" else {}),
                )
