"""Drift in a pack: each list's movements since the last panel, and the children who joined, left, or were recorded late."""

from __future__ import annotations

from openpyxl import Workbook

from metrics.answers.drift.drift import late_words, moved_words, why_or_where
from metrics.engine.absence import Absence
from packs.drift.answers import DriftAnswers
from packs.excel.night_answers import SENSITIVITY
from packs.excel.printing import set_up_page
from packs.excel.table_sheet import HEADING_ROW, TableSheet, add_table
from packs.excel.workbook import set_widths, write_across, write_link, write_row
from packs.lists.answers import SHEETS, PanelAnswers
from packs.lists.figures import write_figure
from words.columns import entry, heading
from words.dates import british
from words.labels import AS_NOW_KNOWN, AS_REPORTED, Area, figure_title
from words.shown import Column, named

# The counts of the movements; those of ``OF_A_PART`` are told of a service or team only.
COUNTS = ("opening", "new", "re_entered", "moved_in", "joined", "resolved", "left_care", "moved_out", "left", "closing")
OF_A_PART = ("moved_in", "moved_out")
WHOSE = ("child_id", "legacy_id", "age", "service", "team", "worker")
CHANGED = named("list", "movement", *WHOSE, Column("why_or_where", of="why"), "since", "days_over")
LATE = named("list", "difference", *WHOSE, "since", "days_over", "other_team")
NOBODY = "No child has joined or left a list that has figures on both days."
NOTHING_LATE = "No late record changes a list of that date that has figures on both days."


def add_drift(workbook: Workbook, answers: PanelAnswers, drift: DriftAnswers, list_sheets: dict[str, str]) -> None:
    """Add the sheet of movements, that of the children behind them and, where the first list is as reported, of late recording.

    ``list_sheets`` is rule id -> the name of the sheet with its children.
    """
    _add_movements(workbook, answers, drift, list_sheets)
    titles = {rule.id: rule.title for rule in answers.rules}
    changed = [row | {"list": titles[row["rule"]], "why": why_or_where(row)} for row in drift.changed]
    words = f"The children who joined or left a list between {_dates(drift)}: {answers.scope_words}. {manner(drift)}"
    absence = drift.movements.absence
    add_table(workbook, TableSheet(SHEETS["changed"], words, CHANGED, _nobody(absence, NOBODY)), changed, answers.line)
    if drift.late is not None:
        late = [row | {"list": titles[row["rule"]]} for row in drift.late]
        recorded_late = TableSheet(SHEETS["late"], _late_words(drift), LATE, _nobody(absence, NOTHING_LATE))
        add_table(workbook, recorded_late, late, answers.line)


def _nobody(absence: Absence | None, words: str) -> str:
    """What stands where a table has no row: that there is nobody, or why nobody can tell."""
    return f"{absence.word.capitalize()}: {absence.why}" if absence else words


def _dates(drift: DriftAnswers) -> str:
    return f"{british(drift.movements.first)} and {british(drift.movements.second)}"


def manner(drift: DriftAnswers) -> str:
    """Whether each of the two lists is as now known, or as it was reported, and by what."""
    if drift.movements.reported is None:
        return "Both dates as now known, from this data load."
    return f"The first list as it was reported then, by {drift.movements.reported.label}; the second from this data load."


def _late_words(drift: DriftAnswers) -> str:
    first = british(drift.movements.first)
    return (
        f"Recorded late: would have been on the list of {first} if the record had been entered in "
        f"time. Taken off since: was on the list as reported but, as now known, should not have been. {late_words(drift.movements.scope)}"
    ).rstrip()


def _explained(drift: DriftAnswers, area: Area) -> str:
    looked_at = drift.movements.looked_at
    earlier = f" (month ends from {british(looked_at[0])} to {british(looked_at[-1])})" if looked_at else ""
    moved = moved_words(drift.movements.scope, area)
    return (
        f"Opening plus joined minus left equals closing. Re-entered: off the list on {british(drift.movements.first)}, "
        f"and on it earlier{earlier}. Resolved: off the list and still in care. Left care: off the list and no longer in care. {moved}"
    ).rstrip()


def _add_movements(workbook: Workbook, answers: PanelAnswers, drift: DriftAnswers, list_sheets: dict[str, str]) -> None:
    sheet = workbook.create_sheet(SHEETS["drift"])
    movements_shown = [name for name in COUNTS if drift.of_a_part or name not in OF_A_PART]
    first = f" {british(drift.movements.first)}, {AS_NOW_KNOWN if drift.movements.reported is None else AS_REPORTED}"
    days = {"opening": first, "closing": f" {british(drift.movements.second)}, {AS_NOW_KNOWN}"}
    widths = tuple(entry(name).sheet for name in ("title", *movements_shown))
    set_widths(sheet, widths)
    write_across(sheet, 1, f"Drift between {_dates(drift)}: {answers.scope_words}", "title", len(widths))
    write_across(sheet, 2, manner(drift), "sentence", len(widths))
    write_across(sheet, 3, _explained(drift, answers.area), "note", len(widths))
    headings = (heading(name) + days.get(name, "") for name in ("title", *movements_shown))
    write_row(sheet, HEADING_ROW, tuple(headings), ("heading", *("heading of figures",) * len(movements_shown)), widths)
    row = HEADING_ROW
    for row, one in enumerate(drift.movements.rules, start=HEADING_ROW + 1):
        write_link(sheet, row, 1, figure_title(one.rule), list_sheets[one.rule.id])
        for column, name in enumerate(movements_shown, start=2):
            write_figure(sheet, row, column, getattr(one, name), "count", one.absence)
    set_up_page(sheet, SENSITIVITY, answers.line, one_page=True)
