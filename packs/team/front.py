"""The front sheet of a team's pack: its figures, how each moved in the month, and what is in the pack."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from metrics.answers.what_matters.what_matters import WhatMatters
from packs.drift.answers import DriftAnswers
from packs.excel.front_sheet import begin_front, write_contents, write_facts, write_matters
from packs.excel.night_answers import SENSITIVITY
from packs.excel.printing import set_up_page
from packs.excel.workbook import write, write_across, write_link, write_row
from packs.lists.answers import SHEETS, PanelAnswers, limit_words, supplied_words
from packs.lists.figures import write_figure
from packs.panel.answers import PanelRecords
from packs.panel.sheets import action_words
from words.columns import heading, headings
from words.dates import british
from words.labels import AS_NOW_KNOWN, figure_title

BY_WORKER = "By worker"
WIDTHS = (6, 42, 12, 14, 12, 12, 12, 12, 12, 12, 40)
LAST = len(WIDTHS)
# The movements of a figure in the month.
MOVED = ("new", "re_entered", "resolved", "left_care", "moved_in", "moved_out")
TABLED = (
    (BY_WORKER, "The children on the lists, by worker"),
    ("Coming next", "Children who will join a list within 90 days if nothing changes"),
    (SHEETS["actions"], "Actions that panels set for these children: overdue, open, and done since the last panel"),
)
ANNEX = (
    (SHEETS["figures"], "The figures, with thirteen months of trend, as a table and as charts"),
    (SHEETS["drift"], "Who joined and who left each list in the month, in numbers"),
    (SHEETS["changed"], "The children who joined or left, and why"),
    (SHEETS["sources"], "Where each figure comes from: question, reason, limit, paragraph, extracts, and its file"),
)


def add_front(
    workbook: Workbook,
    answers: PanelAnswers,
    drift: DriftAnswers,
    records: PanelRecords,
    matters: WhatMatters,
    full: bool,
) -> None:
    """Add the front sheet; ``full``: there is an annex."""
    sheet, row = begin_front(workbook, answers, f"Team pack: {answers.scope_words}", WIDTHS)
    first, second = british(drift.movements.first), british(drift.movements.second)
    facts = (
        ("Month", f"From the close of {first} to the close of {second}, both as now known"),
        *answers.facts("Scope", "Policy", "Data load"),
        ("Actions", action_words(records, answers.scope_words)),
    )
    row = write_facts(sheet, write_matters(sheet, row, matters, LAST), facts, LAST)
    row = _figures(sheet, row + 1, answers, drift)
    write_contents(sheet, row + 1, "In this pack", (*TABLED, *(ANNEX if full else ())), LAST)
    set_up_page(sheet, SENSITIVITY, answers.line, one_page=True)


def _figures(sheet: Worksheet, row: int, answers: PanelAnswers, drift: DriftAnswers) -> int:
    write_across(sheet, row, "The figures, and how they changed in the month", "subtitle", LAST)
    row += 1
    change = f"{heading('change')} {british(answers.headlines[0].compared_with)}, {AS_NOW_KNOWN}"
    titles = (*headings("", "title", "children"), change, *headings(*MOVED, "limit"))
    write_row(sheet, row, titles, ("heading", "heading", *("heading of figures",) * (2 + len(MOVED)), "heading"), WIDTHS)
    for number, (headline, moved) in enumerate(zip(answers.headlines, drift.movements.rules, strict=True), start=1):
        row += 1
        write(sheet, row, 1, number, "count")
        write_link(sheet, row, 2, figure_title(headline.rule), BY_WORKER)
        write_figure(sheet, row, 3, headline.children, "count", headline.absence)
        write_figure(sheet, row, 4, headline.change, "change", headline.absence)
        for column, name in enumerate(MOVED, start=5):
            write_figure(sheet, row, column, getattr(moved, name), "count", moved.absence)
        words = supplied_words(headline) if headline.absence else limit_words(headline.rule, answers.as_at)
        write(sheet, row, LAST, words, "words after a figure")
    return row + 1
