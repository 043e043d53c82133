"""One table as a workbook of its own: what is shown on a page, to filter, sort and print."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from metrics.engine.engine import Engine
from metrics.engine.scope import Scope
from packs.excel.front_sheet import INVENTED
from packs.excel.night_answers import SENSITIVITY, NightAnswers, about_night
from packs.excel.table_sheet import TableSheet, add_table
from packs.excel.workbook import new_workbook, sheet_name
from words.columns import DATE, PERCENT
from words.dates import british, british_time
from words.shown import Column

KEEP = f"{SENSITIVITY}: store this as securely as the case record."


@dataclass(frozen=True)
class TableFile:
    """A table as its page shows it: the title, columns and rows ({column: value}), how many rows of how many and in which order, and what
    puts a row on the list."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Mapping[str, object]]
    said: str
    definition: str = ""


def table_file(engine: Engine, as_at: date, scope: Scope, scope_words: str, table: TableFile) -> bytes:
    """The workbook, as bytes. On top stand how to keep it, the night, day and scope (``scope_words``: as the page is narrowed), and what
    the rows are."""
    answers = NightAnswers(**about_night(engine, as_at, scope))
    line = f"{answers.council}: {british(as_at)}, {scope_words}, data load {answers.night}"
    workbook = new_workbook(table.title, line, {"night": answers.night, "as_at": as_at.isoformat()})
    front = (
        " ".join([KEEP, *([INVENTED] if answers.invented else []), *([answers.withheld] if answers.withheld else [])]),
        f"As at {british(as_at)}, {scope_words}. Data load {answers.night}, published {british_time(answers.published_at)}.",
        table.said,
    )
    sheet = TableSheet(
        sheet_name(table.title, set()),
        "\n".join(front),
        table.columns,
        "There are no rows.",
        title=table.title,
        note=table.definition,
    )
    add_table(workbook, sheet, [_row(table.columns, row) for row in table.rows], line)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _row(columns: Sequence[Column], row: Mapping[str, object]) -> dict[str, object]:
    return {column.name: _cell(column.entry.kind, row[column.name]) for column in columns}


def _cell(kind: str, value: object) -> object:
    """A value as its cell holds it: a day that is written out as a day, a percentage as a part of one, several values as text."""
    if kind == DATE and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    if kind == PERCENT and isinstance(value, (int, float)):
        return value / 100
    return value if value is None or isinstance(value, (str, int, float, date)) else str(value)
