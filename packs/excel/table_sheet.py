"""A sheet that is one table, a child or an action a row: the columns that many of them have, and how each is laid out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from packs.excel.night_answers import SENSITIVITY
from packs.excel.printing import set_up_page
from packs.excel.workbook import set_widths, write_across, write_row, write_whole_row

# A column: the answer's name for it, its heading, the style of its cells, and its width.
Column = tuple[str, str, str, int]
CHILD: Column = ("child_id", "Identifier", "text", 13)
LEGACY: Column = ("legacy_id", "Legacy identifier", "text", 11)
AGE: Column = ("age", "Age", "count", 7)
SERVICE: Column = ("service", "Service", "text", 20)
TEAM: Column = ("team", "Team", "text", 22)
WORKER: Column = ("worker", "Worker", "text", 20)
LIST: Column = ("list", "List", "text", 34)
PLAN: Column = ("plan", "Plan", "text", 18)
SINCE: Column = ("since", "Since", "date", 12)
# Recorded or observed, and the other day where they differ.
CLOCK: Column = ("clock", "Clock", "text", 13)
DAYS_OVER: Column = ("days_over", "Days over", "count", 10)
LEGAL_STATUS: Column = ("legal_status", "Legal status", "text", 10)
PLACEMENT: Column = ("placement", "Placement", "text", 24)
LAST_REVIEW: Column = ("last_review_date", "Last review", "date", 12)
DETAIL: Column = ("detail", "Detail", "text", 26)
HEADING_ROW = 4


@dataclass(frozen=True)
class TableSheet:
    """A sheet's name and title, the sentence and the note beneath it, its columns, and what it says where there is no row."""

    name: str
    sentence: str
    columns: tuple[Column, ...]
    empty: str
    title: str = ""
    note: str = ""


def add_table(workbook: Workbook, told: TableSheet, rows: Sequence[dict], line: str) -> None:
    """Add the sheet, its rows ready to filter. What no row can hold runs on in the rows below it; ``line`` is the foot's."""
    names, headings, styles, widths = zip(*told.columns, strict=True)
    last_column = len(names)
    sheet = workbook.create_sheet(told.name)
    set_widths(sheet, widths)
    write_across(sheet, 1, told.title or told.name, "title", last_column)
    write_across(sheet, 2, told.sentence, "sentence", last_column)
    if told.note:
        write_across(sheet, 3, told.note, "note", last_column)
    write_row(sheet, HEADING_ROW, headings, ("heading",) * last_column, widths)
    row = HEADING_ROW + 1
    for values in rows:
        row = write_whole_row(sheet, row, tuple(values[name] for name in names), styles, widths)
    if not rows:
        write_across(sheet, row, told.empty, "text", last_column)
    else:
        sheet.auto_filter.ref = f"A{HEADING_ROW}:{get_column_letter(last_column)}{row - 1}"
    set_up_page(sheet, SENSITIVITY, line, HEADING_ROW)
