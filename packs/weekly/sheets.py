"""The Monday pack's own sheets: the share by worker, and who comes onto a list in the next weeks."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook

from packs.excel.night_answers import SENSITIVITY
from packs.excel.printing import set_up_page
from packs.excel.table_sheet import (
    AGE,
    CHILD,
    DETAIL,
    HEADING_ROW,
    LEGACY,
    LEGAL_STATUS,
    LIST,
    PLACEMENT,
    PLAN,
    SINCE,
    TEAM,
    WORKER,
    TableSheet,
    add_table,
)
from packs.excel.workbook import date_words, set_widths, write, write_across, write_row
from packs.lists.answers import PanelAnswers
from packs.lists.figures import write_figure

WORKER_HEADINGS = ("Worker", "On the tool", "Meeting held", "No meeting", "Share with a meeting")
WORKER_WIDTHS = (34, 14, 14, 14, 20)
COMING = (
    LIST,
    CHILD,
    LEGACY,
    AGE,
    TEAM,
    WORKER,
    SINCE,
    ("limit_date", "Limit date", "date", 12),
    ("due_in", "Days left", "count", 10),
    PLAN,
    LEGAL_STATUS,
    PLACEMENT,
    DETAIL,
)


def add_workers(workbook: Workbook, answers: PanelAnswers, workers: Sequence[dict]) -> None:
    """Add the sheet of workers: of the children on the Weekly Tracking Tool, who has had a planning meeting."""
    sheet = workbook.create_sheet("Workers")
    set_widths(sheet, WORKER_WIDTHS)
    write_across(sheet, 1, f"Weekly tracking by worker: {answers.scope.words}", "title", len(WORKER_WIDTHS))
    words = f"The children on the Weekly Tracking Tool on {date_words(answers.as_at)}, and who has had a planning meeting."
    write_across(sheet, 2, words, "sentence", len(WORKER_WIDTHS))
    write_row(sheet, HEADING_ROW, WORKER_HEADINGS, ("heading", *("heading of figures",) * 4), WORKER_WIDTHS)
    row = HEADING_ROW
    for row, worker in enumerate(workers, start=HEADING_ROW + 1):
        write(sheet, row, 1, worker["worker"], "text")
        write(sheet, row, 2, worker["population"], "count")
        write_figure(sheet, row, 3, worker["with_meeting"], "count")
        write_figure(sheet, row, 4, worker["without_meeting"], "count")
        write(sheet, row, 5, worker["share"] / 100 if worker["share"] is not None else None, "share")
    if row == HEADING_ROW:
        write_across(sheet, row + 1, "No child here is on the Weekly Tracking Tool.", "text", len(WORKER_WIDTHS))
    set_up_page(sheet, SENSITIVITY, answers.line, HEADING_ROW)


def add_coming(workbook: Workbook, answers: PanelAnswers, coming: Sequence[dict], within_days: int) -> None:
    """Add the sheet of those who reach a limit in the next weeks if nothing changes, the soonest first."""
    titles = {rule.id: rule.title for rule in answers.rules}
    told = TableSheet(
        "Coming next",
        f"Who comes onto one of the lists within {within_days} days of {date_words(answers.as_at)} if nothing changes.",
        COMING,
        "Nobody comes onto a list in that time.",
        title=f"Coming next: {answers.scope.words}",
    )
    add_table(workbook, told, [child | {"list": titles[child["rule"]]} for child in coming], answers.line)
