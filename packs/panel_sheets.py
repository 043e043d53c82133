"""The panel's own sheets: whom it discusses, what it decided, and who owes what by when."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from packs.answers import SHEETS
from packs.night_answers import SENSITIVITY
from packs.panel_answers import PanelRecords
from packs.printing import set_up_page
from packs.workbook import date_words, set_widths, write_across, write_row, write_whole_row

# The answer's column, its heading, the style of its cells, and its width.
Columns = tuple[tuple[str, str, str, int], ...]
AGENDA: Columns = (
    ("place", "No.", "count", 6),
    ("child_id", "Identifier", "text", 13),
    ("legacy_id", "Legacy identifier", "text", 11),
    ("age", "Age", "count", 7),
    ("team", "Team", "text", 22),
    ("worker", "Worker", "text", 20),
    ("lists", "Lists", "text", 34),
    ("days_over", "Days over", "count", 10),
    ("why", "Why on the agenda", "text", 20),
    ("carried_from", "Last had by the panel of", "date", 13),
    ("last_decision", "Last decision", "text", 44),
)
DECISIONS: Columns = (
    ("child_id", "Identifier", "text", 13),
    ("legacy_id", "Legacy identifier", "text", 11),
    ("age", "Age", "count", 7),
    ("team", "Team", "text", 22),
    ("lists", "Lists", "text", 30),
    ("barriers", "Barriers", "text", 28),
    ("decision", "Decision", "text", 46),
    ("outcome", "Outcome", "text", 26),
    ("next_panel_date", "Next panel", "date", 12),
)
ACTIONS: Columns = (
    ("owner", "Owner", "text", 22),
    ("due_date", "Due", "date", 12),
    ("days_overdue", "Days overdue", "count", 10),
    ("state", "State", "text", 18),
    ("child_id", "Identifier", "text", 13),
    ("team", "Team", "text", 22),
    ("action", "Action", "text", 46),
    ("asked_by", "Asked by the panel of", "date", 13),
    ("outcome_note", "What came of it", "text", 30),
)
NO_PANEL = "No panel has been prepared."
NO_ACTION = "No action is open, and none has been done since."
HEADING_ROW = 4


def add_panel_sheets(workbook: Workbook, records: PanelRecords, scope_words: str, line: str) -> None:
    """Add the sheets Agenda, Decisions and Actions. ``line`` stands at the foot of every page."""
    words, empty = _agenda_words(records, scope_words), _empty_agenda(records)
    add_rows(workbook, SHEETS["agenda"], words, AGENDA, records.agenda, empty, line)
    words, empty = _decided_words(records, scope_words), _undecided(records)
    add_rows(workbook, SHEETS["decisions"], words, DECISIONS, records.decisions, empty, line)
    rows = (*records.overdue, *records.open, *records.done)
    empty = NO_PANEL if records.panel is None and records.previous is None else NO_ACTION
    add_rows(workbook, SHEETS["actions"], action_words(records, scope_words), ACTIONS, rows, empty, line)


def _agenda_words(records: PanelRecords, scope_words: str) -> str:
    if records.panel is None:
        return NO_PANEL
    lists = records.panel.freeze.as_at if records.panel.freeze else records.as_at
    return (
        f"The panel of {date_words(records.panel.panel_date)}: {scope_words}. {len(records.agenda):,} to discuss. "
        f"Days over are the most on any of the lists named, as at {date_words(lists)}."
    )


def _empty_agenda(records: PanelRecords) -> str:
    return NO_PANEL if records.panel is None else "Nobody is on this agenda."


def _decided_words(records: PanelRecords, scope_words: str) -> str:
    if records.decided_by is None:
        return _undecided(records)
    held = date_words(records.decided_by.panel_date)
    if records.panel and records.decided_by.panel_date != records.panel.panel_date:
        return f"The panel of {date_words(records.panel.panel_date)} has said nothing yet. The panel of {held}: {scope_words}."
    return f"The panel of {held}: {scope_words}."


def _undecided(records: PanelRecords) -> str:
    return NO_PANEL if records.panel is None and records.previous is None else "No child has been discussed yet."


def action_words(records: PanelRecords, scope_words: str) -> str:
    """How many actions are overdue, open and done, and since when."""
    if records.panel is None and records.previous is None:
        return NO_PANEL
    since = f" since the panel of {date_words(records.previous.panel_date)}" if records.previous else ""
    return (
        f"{scope_words}, on {date_words(records.as_at)}: {len(records.overdue):,} overdue, which are chased; "
        f"{len(records.open):,} open and not overdue; {len(records.done):,} done{since}. Each by owner, then by due date."
    )


def add_rows(
    workbook: Workbook, title: str, words: str, columns: Columns, rows: Sequence[dict], empty: str, line: str
) -> None:
    """Add a sheet that is one table. What no row can hold runs on in the rows below it."""
    names, headings, styles, widths = zip(*columns, strict=True)
    sheet = workbook.create_sheet(title)
    set_widths(sheet, widths)
    write_across(sheet, 1, title, "title", len(columns))
    write_across(sheet, 2, words, "sentence", len(columns))
    write_row(sheet, HEADING_ROW, headings, ("heading",) * len(columns), widths)
    row = HEADING_ROW + 1
    for told in rows:
        row = write_whole_row(sheet, row, tuple(told[name] for name in names), styles, widths)
    if not rows:
        write_across(sheet, row, empty, "text", len(columns))
    else:
        sheet.auto_filter.ref = f"A{HEADING_ROW}:{get_column_letter(len(columns))}{row - 1}"
    set_up_page(sheet, SENSITIVITY, line, HEADING_ROW)
