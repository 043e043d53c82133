"""The panel's own sheets: whom it discusses, what it decided, and who owes what by when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl import Workbook

from casework.agenda.agenda_facts import would_join, would_leave
from metrics.answers.kinds.kinds import PANEL_AREA
from packs.excel.table_sheet import TableSheet, add_table
from packs.lists.answers import SHEETS
from packs.panel.answers import PanelRecords
from words.dates import british
from words.labels import RESTRICTED_RECORD
from words.numbers import counted
from words.shown import Column, named

AGENDA = named(
    *("place", "child_id", "legacy_id", "age", "team", PANEL_AREA, "worker", "lists", "days_over"),
    Column("why_on_agenda", of="why"),
    *("carried_from", "held_for", "last_decision"),
)
DECISIONS = named("child_id", "legacy_id", "age", "team", "lists", "barriers", "decision", "outcome", "next_panel_date")
ACTIONS = named(
    *("owner", "due_date", "days_overdue", "state", "child_id", "team", "action"),
    Column("panel_date", of="asked_by"),
    *("held_for", "outcome_note"),
)
# Empty where panels are the whole council's.
OF_AREAS = (PANEL_AREA, "held_for")
NO_PANEL = "No panel has been prepared."
NO_ACTION = "No actions are open, and none have been completed since."


def agenda_table(records: PanelRecords, scope_words: str) -> tuple[TableSheet, list[dict]]:
    """The agenda: the table and its rows."""
    rows = list(records.agenda)
    columns = with_areas(AGENDA, rows)
    words, note = _agenda_words(records, scope_words), _since_made(records)
    return TableSheet(SHEETS["agenda"], words, columns, _empty_agenda(records), note=note), rows


def with_areas(columns: tuple[Column, ...], rows: Sequence[Mapping[str, object]]) -> tuple[Column, ...]:
    """The columns without those of areas in which no row says anything."""
    return tuple(column for column in columns if column.name not in OF_AREAS or any(row.get(column.name) for row in rows))


def add_panel_sheets(workbook: Workbook, records: PanelRecords, scope_words: str, line: str) -> None:
    """Add the sheets Decisions and Actions. ``line`` stands at the foot of every page."""
    decisions = TableSheet(SHEETS["decisions"], _decided_words(records, scope_words), DECISIONS, _undecided(records))
    add_table(workbook, decisions, records.decisions, line)
    add_actions(workbook, records, scope_words, line)


def add_actions(workbook: Workbook, records: PanelRecords, scope_words: str, line: str) -> None:
    """Add the sheet Actions: the overdue, the open, and those done since the panel before."""
    empty = NO_PANEL if records.panel is None and records.previous is None else NO_ACTION
    rows = (*records.overdue, *records.open, *records.done)
    actions = TableSheet(SHEETS["actions"], action_words(records, scope_words), with_areas(ACTIONS, rows), empty)
    add_table(workbook, actions, rows, line)


def _agenda_words(records: PanelRecords, scope_words: str) -> str:
    if records.panel is None:
        return NO_PANEL
    lists = records.panel.freeze.as_at if records.panel.freeze else records.as_at
    return (
        f"The panel of {records.panel.when}: {scope_words}. {len(records.agenda):,} to discuss. "
        f"Days over is the highest across the lists named, as at {british(lists)}."
    )


def _since_made(records: PanelRecords) -> str:
    """Who joined the agenda's lists or left them after it was made; nothing where nobody did."""
    changes = ((records.joined, would_join), (records.left, would_leave))
    return " ".join(f"{said(len(who))}: {_named(who)}." for who, said in changes if who)


def _named(who: Sequence[str]) -> str:
    seen = [child for child in who if child != RESTRICTED_RECORD]
    restricted = len(who) - len(seen)
    return ", ".join([*seen, *([counted(restricted, "restricted record")] if restricted else [])])


def _empty_agenda(records: PanelRecords) -> str:
    return NO_PANEL if records.panel is None else "There are no children on this agenda."


def _decided_words(records: PanelRecords, scope_words: str) -> str:
    if records.decided_by is None:
        return _undecided(records)
    held = records.decided_by.when
    if records.panel and records.decided_by.id != records.panel.id:
        return f"No decisions recorded yet for the {records.panel.when} panel. The panel of {held}: {scope_words}."
    return f"The panel of {held}: {scope_words}."


def _undecided(records: PanelRecords) -> str:
    return NO_PANEL if records.panel is None and records.previous is None else "No child has been discussed yet."


def action_words(records: PanelRecords, scope_words: str) -> str:
    """How many actions are overdue, open and done, and since when."""
    if records.panel is None and records.previous is None:
        return NO_PANEL
    since = f" since the panel of {records.previous.when}" if records.previous else ""
    return (
        f"{scope_words}, on {british(records.as_at)}: {len(records.overdue):,} overdue, to be chased; "
        f"{len(records.open):,} open and not overdue; {len(records.done):,} done{since}. Sorted by owner, then by due date."
    )
