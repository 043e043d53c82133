"""The panel's own sheets: whom it discusses, what it decided, and who owes what by when."""

from __future__ import annotations

from openpyxl import Workbook

from metrics.answers.kinds.kinds import PANEL_AREA
from packs.excel.table_sheet import TableSheet, add_table
from packs.lists.answers import SHEETS
from packs.panel.answers import PanelRecords
from words.dates import british
from words.shown import Column, named

AGENDA = named(
    *("place", "child_id", "legacy_id", "age", "team", PANEL_AREA, "worker", "lists", "days_over"),
    Column("why_on_agenda", of="why"),
    *("carried_from", "last_decision"),
)
DECISIONS = named("child_id", "legacy_id", "age", "team", "lists", "barriers", "decision", "outcome", "next_panel_date")
ACTIONS = named(
    *("owner", "due_date", "days_overdue", "state", "child_id", "team", "action"),
    Column("panel_date", of="asked_by"),
    "outcome_note",
)
NO_PANEL = "No panel has been prepared."
NO_ACTION = "No actions are open, and none have been completed since."


def agenda_table(records: PanelRecords, scope_words: str) -> tuple[TableSheet, list[dict]]:
    """The agenda: the table and its rows."""
    rows = list(records.agenda)
    of_areas = any(row.get(PANEL_AREA) for row in rows)
    columns = AGENDA if of_areas else tuple(column for column in AGENDA if column.name != PANEL_AREA)
    return TableSheet(SHEETS["agenda"], _agenda_words(records, scope_words), columns, _empty_agenda(records)), rows


def add_panel_sheets(workbook: Workbook, records: PanelRecords, scope_words: str, line: str) -> None:
    """Add the sheets Decisions and Actions. ``line`` stands at the foot of every page."""
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
        f"The panel of {british(records.panel.panel_date)}: {scope_words}. {len(records.agenda):,} to discuss. "
        f"Days over is the highest across the lists named, as at {british(lists)}."
    )


def _empty_agenda(records: PanelRecords) -> str:
    return NO_PANEL if records.panel is None else "There are no children on this agenda."


def _decided_words(records: PanelRecords, scope_words: str) -> str:
    if records.decided_by is None:
        return _undecided(records)
    held = british(records.decided_by.panel_date)
    if records.panel and records.decided_by.panel_date != records.panel.panel_date:
        return f"No decisions recorded yet for the {british(records.panel.panel_date)} panel. The panel of {held}: {scope_words}."
    return f"The panel of {held}: {scope_words}."


def _undecided(records: PanelRecords) -> str:
    return NO_PANEL if records.panel is None and records.previous is None else "No child has been discussed yet."


def action_words(records: PanelRecords, scope_words: str) -> str:
    """How many actions are overdue, open and done, and since when."""
    if records.panel is None and records.previous is None:
        return NO_PANEL
    since = f" since the panel of {british(records.previous.panel_date)}" if records.previous else ""
    return (
        f"{scope_words}, on {british(records.as_at)}: {len(records.overdue):,} overdue, to be chased; "
        f"{len(records.open):,} open and not overdue; {len(records.done):,} done{since}. Sorted by owner, then by due date."
    )
