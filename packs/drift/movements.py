"""Drift in a pack: each list's movements since the last panel, and the children who joined, left, or were recorded late."""

from __future__ import annotations

from openpyxl import Workbook

from metrics.answers.drift.drift import why_or_where
from packs.drift.answers import DriftAnswers
from packs.excel.night_answers import SENSITIVITY
from packs.excel.printing import set_up_page
from packs.excel.table_sheet import (
    AGE,
    CHILD,
    DAYS_OVER,
    HEADING_ROW,
    LEGACY,
    LIST,
    SERVICE,
    SINCE,
    TEAM,
    WORKER,
    Column,
    TableSheet,
    add_table,
)
from packs.excel.workbook import date_words, set_widths, write_across, write_link, write_row
from packs.lists.answers import SHEETS, PanelAnswers
from packs.lists.figures import write_figure

TITLE_WIDTH, COUNT_WIDTH = 42, 13
KNOWN, REPORTED = "as now known", "as reported"
# The movement's count, its heading, and whether it is told of a service or team only.
COUNTS = (
    ("opening", "Opening", False),
    ("new", "New", False),
    ("re_entered", "Re-entered", False),
    ("moved_in", "Moved in", True),
    ("joined", "Joined", False),
    ("resolved", "Resolved", False),
    ("left_care", "Left care", False),
    ("moved_out", "Moved out", True),
    ("left", "Left", False),
    ("closing", "Closing", False),
)
CHANGED = (
    LIST,
    ("movement", "Movement", "text", 13),
    CHILD,
    LEGACY,
    AGE,
    SERVICE,
    TEAM,
    WORKER,
    ("why", "Why or where", "text", 30),
    SINCE,
    DAYS_OVER,
)
DIFFERENCE = ("difference", "Difference", "text", 16)
OTHER_TEAM = ("other_team", "Team on the other list", "text", 22)
NOBODY = "No child has joined or left a list."
NOTHING_LATE = "Nothing that has been recorded since changes a list of that day."


def add_drift(workbook: Workbook, answers: PanelAnswers, drift: DriftAnswers, list_sheets: dict[str, str]) -> None:
    """Add the sheet of movements, that of the children behind them and, where the first list is as reported, of late recording.

    ``list_sheets`` is rule id -> the name of the sheet with its children.
    """
    _add_movements(workbook, answers, drift, list_sheets)
    titles = {rule.id: rule.title for rule in answers.rules}
    changed = [row | {"list": titles[row["rule"]], "why": why_or_where(row)} for row in drift.changed]
    words = f"The children who joined or left a list between {_dates(drift)}: {answers.scope.words}. {_manner(drift)}"
    add_table(workbook, TableSheet(SHEETS["changed"], words, CHANGED, NOBODY), changed, answers.line)
    if drift.late is not None:
        late = [row | {"list": titles[row["rule"]]} for row in drift.late]
        recorded_late = TableSheet(SHEETS["late"], _late_words(drift), _late_columns(), NOTHING_LATE)
        add_table(workbook, recorded_late, late, answers.line)


def _late_columns() -> tuple[Column, ...]:
    renamed = (DIFFERENCE if column[0] == "movement" else column for column in CHANGED if column[0] != "why")
    return (*renamed, OTHER_TEAM)


def _dates(drift: DriftAnswers) -> str:
    return f"{date_words(drift.movements.first)} and {date_words(drift.movements.second)}"


def _manner(drift: DriftAnswers) -> str:
    if drift.movements.reported is None:
        return "Both dates as now known, from the extracts of this night."
    return f"The first list as it was reported then, by {drift.movements.reported.label}; the second from the extracts of this night."


def _late_words(drift: DriftAnswers) -> str:
    first = date_words(drift.movements.first)
    return (
        f"Recorded late: would have been on the list of {first} had the record been entered in time. "
        "Taken off since: was on it as it was reported and, as now known, would not have been."
    )


def _explained(drift: DriftAnswers) -> str:
    looked_at = drift.movements.looked_at
    earlier = f" (month ends from {date_words(looked_at[0])} to {date_words(looked_at[-1])})" if looked_at else ""
    moved = " Moved in, moved out: still on the county's list, with another team." if drift.of_a_part else ""
    return (
        f"Opening plus joined less left is closing. Re-entered: off the list on {date_words(drift.movements.first)}, "
        f"and on it earlier{earlier}. Resolved: off the list and still in care. Left care: off the list and no longer in care.{moved}"
    )


def _add_movements(workbook: Workbook, answers: PanelAnswers, drift: DriftAnswers, list_sheets: dict[str, str]) -> None:
    sheet = workbook.create_sheet(SHEETS["drift"])
    told = [(name, heading) for name, heading, of_a_part in COUNTS if drift.of_a_part or not of_a_part]
    first = f"{date_words(drift.movements.first)}, {KNOWN if drift.movements.reported is None else REPORTED}"
    days = {"opening": first, "closing": f"{date_words(drift.movements.second)}, {KNOWN}"}
    widths = (TITLE_WIDTH, *(COUNT_WIDTH,) * len(told))
    set_widths(sheet, widths)
    write_across(sheet, 1, f"Drift between {_dates(drift)}: {answers.scope.words}", "title", len(widths))
    write_across(sheet, 2, _manner(drift), "sentence", len(widths))
    write_across(sheet, 3, _explained(drift), "note", len(widths))
    headings = (f"{heading} {days[name]}" if name in days else heading for name, heading in told)
    write_row(sheet, HEADING_ROW, ("Figure", *headings), ("heading", *("heading of figures",) * len(told)), widths)
    row = HEADING_ROW
    for row, one in enumerate(drift.movements.rules, start=HEADING_ROW + 1):
        write_link(sheet, row, 1, one.rule.title, list_sheets[one.rule.id])
        for column, (name, _) in enumerate(told, start=2):
            write_figure(sheet, row, column, getattr(one, name), "count", one.absence)
    set_up_page(sheet, SENSITIVITY, answers.line, one_page=True)
