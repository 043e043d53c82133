"""The panel's own sheets: whom it discusses, what it decided, and who owes what by when."""

from __future__ import annotations

from openpyxl import Workbook

from packs.excel.table_sheet import AGE, CHILD, DAYS_OVER, LEGACY, TEAM, WORKER, TableSheet, add_table
from packs.excel.workbook import date_words
from packs.lists.answers import SHEETS
from packs.panel.answers import PanelRecords

AGENDA = (
    ("place", "No.", "count", 6),
    CHILD,
    LEGACY,
    AGE,
    TEAM,
    WORKER,
    ("lists", "Lists", "text", 34),
    DAYS_OVER,
    ("why", "Why on the agenda", "text", 20),
    ("carried_from", "Last had by the panel of", "date", 13),
    ("last_decision", "Last decision", "text", 44),
)
DECISIONS = (
    CHILD,
    LEGACY,
    AGE,
    TEAM,
    ("lists", "Lists", "text", 30),
    ("barriers", "Barriers", "text", 28),
    ("decision", "Decision", "text", 46),
    ("outcome", "Outcome", "text", 26),
    ("next_panel_date", "Next panel", "date", 12),
)
ACTIONS = (
    ("owner", "Owner", "text", 22),
    ("due_date", "Due", "date", 12),
    ("days_overdue", "Days overdue", "count", 10),
    ("state", "State", "text", 18),
    CHILD,
    TEAM,
    ("action", "Action", "text", 46),
    ("asked_by", "Asked by the panel of", "date", 13),
    ("outcome_note", "What came of it", "text", 30),
)
NO_PANEL = "No panel has been prepared."
NO_ACTION = "No action is open, and none has been done since."


def add_panel_sheets(workbook: Workbook, records: PanelRecords, scope_words: str, line: str) -> None:
    """Add the sheets Agenda, Decisions and Actions. ``line`` stands at the foot of every page."""
    agenda = TableSheet(SHEETS["agenda"], _agenda_words(records, scope_words), AGENDA, _empty_agenda(records))
    add_table(workbook, agenda, records.agenda, line)
    decisions = TableSheet(SHEETS["decisions"], _decided_words(records, scope_words), DECISIONS, _undecided(records))
    add_table(workbook, decisions, records.decisions, line)
    add_actions(workbook, records, scope_words, line)


def add_actions(workbook: Workbook, records: PanelRecords, scope_words: str, line: str) -> None:
    """Add the sheet Actions: the overdue, the open, and those done since the panel before."""
    empty = NO_PANEL if records.panel is None and records.previous is None else NO_ACTION
    actions = TableSheet(SHEETS["actions"], action_words(records, scope_words), ACTIONS, empty)
    add_table(workbook, actions, (*records.overdue, *records.open, *records.done), line)


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
