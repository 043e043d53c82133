"""A sheet that is one table, a child or an action a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from packs.excel.night_answers import SENSITIVITY
from packs.excel.printing import columns_on_first_page, set_up_page
from packs.excel.workbook import set_widths, wide_enough, write_across, write_row
from words.columns import DATE, DAYS, FIGURE, NUMBER, PERCENT
from words.shown import Column

# The style of a cell by its column's kind (words/columns.py).
STYLES = {DATE: "date", NUMBER: "count", FIGURE: "count", DAYS: "count", PERCENT: "share"}
HEADING_ROW = 4
# The columns that say whose row it is, where they stand first.
WHOSE = ("child_id", "legacy_id", "name")


@dataclass(frozen=True)
class TableSheet:
    """A sheet's name and title, the sentence and the note beneath it, its columns, and what it says where there is no row.

    ``wide``: column -> its width here, where a line a row asks for another than the column's own.
    """

    name: str
    sentence: str
    columns: tuple[Column, ...]
    empty: str
    title: str = ""
    note: str = ""
    orientation: str = "landscape"
    wide: Mapping[str, float] = field(default_factory=dict)

    @property
    def widths(self) -> tuple[float, ...]:
        return tuple(self.wide.get(column.word, column.entry.sheet) for column in self.columns)

    @property
    def repeated(self) -> int:
        """How many of the first columns say whose row it is."""
        return len(list(takewhile(lambda column: column.word in WHOSE, self.columns)))


def add_table(
    workbook: Workbook, table: TableSheet, rows: Sequence[Mapping[str, object]], line: str, one_page: bool = False
) -> None:
    """Add the sheet, its rows ready to sort and filter: each is one row of the sheet. A column with a text that its row could not show is
    wider; a cell holds its text whole in any case. A table too wide for a page goes on on the next, with the child on each. ``line`` is the
    foot's, and ``one_page`` fits it all on one."""
    widths = tuple(
        wide_enough((text for values in rows if isinstance(text := values[column.name], str)), width)
        for column, width in zip(table.columns, table.widths, strict=True)
    )
    styles = tuple(STYLES.get(column.entry.kind, "text") for column in table.columns)
    headed = tuple("heading of figures" if style in ("count", "share") else "heading" for style in styles)
    last_column = len(widths)
    said_across = last_column if one_page else columns_on_first_page(widths, table.repeated, table.orientation)
    sheet = workbook.create_sheet(table.name)
    set_widths(sheet, widths)
    write_across(sheet, 1, table.title or table.name, "title", said_across)
    write_across(sheet, 2, table.sentence, "sentence", said_across)
    if table.note:
        write_across(sheet, 3, table.note, "note", said_across)
    write_row(sheet, HEADING_ROW, tuple(column.heading for column in table.columns), headed, widths)
    for row, values in enumerate(rows, start=HEADING_ROW + 1):
        write_row(sheet, row, tuple(values[column.name] for column in table.columns), styles, widths)
    if not rows:
        write_across(sheet, HEADING_ROW + 1, table.empty, "text", said_across)
    else:
        sheet.auto_filter.ref = f"A{HEADING_ROW}:{get_column_letter(last_column)}{HEADING_ROW + len(rows)}"
    set_up_page(sheet, SENSITIVITY, line, HEADING_ROW, one_page, table.orientation, table.repeated)
