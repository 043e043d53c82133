"""The Monday pack's own sheets: the share by worker, and who comes onto a list in the next weeks."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from packs.answers import PanelAnswers
from packs.figures import write_figure
from packs.night_answers import SENSITIVITY
from packs.printing import set_up_page
from packs.workbook import date_words, set_widths, write, write_across, write_row

WORKER_HEADINGS = ("Worker", "On the tool", "Meeting held", "No meeting", "Share with a meeting")
WORKER_WIDTHS = (34, 14, 14, 14, 20)
# The engine's column, its heading, the style of its cells, and its width.
COMING = (
    ("list", "List", "text", 34),
    ("child_id", "Identifier", "text", 13),
    ("legacy_id", "Legacy identifier", "text", 11),
    ("age", "Age", "count", 7),
    ("team", "Team", "text", 22),
    ("worker", "Worker", "text", 20),
    ("since", "Since", "date", 12),
    ("limit_date", "Limit date", "date", 12),
    ("due_in", "Days left", "count", 10),
    ("plan", "Plan", "text", 18),
    ("legal_status", "Legal status", "text", 10),
    ("placement", "Placement", "text", 24),
    ("detail", "Detail", "text", 26),
)
HEADING_ROW = 4


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
    names, headings, styles, widths = zip(*COMING, strict=True)
    titles = {rule.id: rule.title for rule in answers.rules}
    sheet = workbook.create_sheet("Coming next")
    set_widths(sheet, widths)
    write_across(sheet, 1, f"Coming next: {answers.scope.words}", "title", len(COMING))
    words = f"Who comes onto one of the lists within {within_days} days of {date_words(answers.as_at)} if nothing changes."
    write_across(sheet, 2, words, "sentence", len(COMING))
    write_row(sheet, HEADING_ROW, headings, ("heading",) * len(COMING), widths)
    row = HEADING_ROW
    for row, child in enumerate(coming, start=HEADING_ROW + 1):
        told = child | {"list": titles[child["rule"]]}
        write_row(sheet, row, tuple(told[name] for name in names), styles, widths)
    if row == HEADING_ROW:
        write_across(sheet, row + 1, "Nobody comes onto a list in that time.", "text", len(COMING))
    else:
        sheet.auto_filter.ref = f"A{HEADING_ROW}:{get_column_letter(len(COMING))}{row}"
    set_up_page(sheet, SENSITIVITY, answers.line, HEADING_ROW)
