"""The Monday pack's own sheets: the share by worker, and who comes onto a list in the next weeks."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook

from metrics.answers.service.weekly import WorkerRow
from packs.excel.night_answers import SENSITIVITY
from packs.excel.printing import set_up_page
from packs.excel.table_sheet import HEADING_ROW, TableSheet, add_table
from packs.excel.workbook import set_widths, write, write_across, write_row
from packs.lists.answers import SHEETS, PanelAnswers
from packs.lists.figures import write_few, write_figure, write_told
from words.dates import british
from words.few import share_told
from words.shown import Column, named

WORKERS = named(
    "worker",
    Column("on_tool", of="population"),
    "with_meeting",
    "without_meeting",
    Column("share_with_meeting", of="share"),
)
WORKER_WIDTHS = tuple(column.entry.sheet for column in WORKERS)
COMING = named(
    *("list", "child_id", "legacy_id", "age", "team", "worker", "since", "limit_date", "due_in", "plan", "legal_status"),
    *("placement", "detail"),
)


def add_workers(workbook: Workbook, answers: PanelAnswers, workers: Sequence[WorkerRow]) -> None:
    """Add the sheet of workers: of the children on the Weekly Tracking Tool, who has had a planning meeting."""
    sheet = workbook.create_sheet("Workers")
    set_widths(sheet, WORKER_WIDTHS)
    write_across(sheet, 1, f"Weekly tracking by worker: {answers.scope_words}", "title", len(WORKER_WIDTHS))
    words = f"The children on the Weekly Tracking Tool on {british(answers.as_at)}, and who has had a planning meeting."
    write_across(sheet, 2, words, "sentence", len(WORKER_WIDTHS))
    write_row(
        sheet, HEADING_ROW, tuple(column.heading for column in WORKERS), ("heading", *("heading of figures",) * 4), WORKER_WIDTHS
    )
    row = HEADING_ROW
    for row, worker in enumerate(workers, start=HEADING_ROW + 1):
        write_row(sheet, row, (worker["worker"],), ("text",), WORKER_WIDTHS[:1])
        write(sheet, row, 2, worker["population"], "count")
        write_figure(sheet, row, 3, worker["with_meeting"], "count")
        write_figure(sheet, row, 4, worker["without_meeting"], "count")
        part = worker["share"] / 100 if worker["share"] is not None else None
        write_told(sheet, row, 5, share_told(part, worker["population"]))
    if row == HEADING_ROW:
        write_across(sheet, row + 1, "No child here is on the Weekly Tracking Tool.", "text", len(WORKER_WIDTHS))
    write_few(
        sheet, row + 1, (worker["population"] if worker["share"] is not None else None for worker in workers), len(WORKER_WIDTHS)
    )
    set_up_page(sheet, SENSITIVITY, answers.line, HEADING_ROW)


def add_coming(workbook: Workbook, answers: PanelAnswers) -> None:
    """Add the sheet of those who reach a limit in the next weeks if nothing changes, the soonest first."""
    add_table(workbook, *coming_table(answers, COMING), answers.line)


def coming_table(answers: PanelAnswers, columns: tuple[Column, ...]) -> tuple[TableSheet, list[dict]]:
    """Those who reach a limit in the next days if nothing changes, with the list of each: the table and its rows."""
    titles = {rule.id: rule.title for rule in answers.rules}
    table = TableSheet(
        SHEETS["coming"],
        f"Children who will join one of the lists within {answers.coming_days} days of {british(answers.as_at)} if nothing changes.",
        columns,
        "No child will join a list in that time.",
        title=f"Coming next: {answers.scope_words}",
    )
    return table, [child | {"list": titles[child["rule"]]} for child in answers.coming]
