"""What every front sheet has: the title, how to keep the pack, whether all in it is invented, facts, and what else it holds."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from metrics.answers.what_matters.what_matters import WhatMatters
from packs.excel.night_answers import SENSITIVITY, NightAnswers
from packs.excel.workbook import set_widths, write_across, write_link, write_spans

WARNING = f"{SENSITIVITY}: no child is named here, but there is detail about each. Store this as securely as the case record."
INVENTED = "SYNTHETIC: all the children, workers and teams in this pack are invented."


def begin_front(workbook: Workbook, answers: NightAnswers, title: str, widths: tuple[float, ...]) -> tuple[Worksheet, int]:
    """Add the front sheet with its title and warnings. Gives the sheet and the row where its facts begin."""
    sheet = workbook.create_sheet("Front")
    set_widths(sheet, widths)
    write_across(sheet, 1, title, "title", len(widths))
    write_across(sheet, 2, WARNING, "warning", len(widths))
    warnings = [INVENTED] * answers.invented + ([answers.withheld] if answers.withheld else [])
    for row, words in enumerate(warnings, start=3):
        write_across(sheet, row, words, "warning", len(widths))
    return sheet, 4 + len(warnings)


def write_facts(sheet: Worksheet, row: int, facts: Iterable[tuple[str, str]], last_column: int, label_columns: int = 2) -> int:
    """Put a row for each fact: its label across the first columns, its words across the rest. Gives the next free row."""
    for label, words in facts:
        write_spans(sheet, row, [(1, label_columns, label, "label")])
        write_across(sheet, row, words, "text", last_column, first_column=label_columns + 1)
        row += 1
    return row


def write_matters(sheet: Worksheet, row: int, matters: WhatMatters, last_column: int) -> int:
    """Put the written summary, a sentence a row. Gives the next row after an empty one."""
    write_across(sheet, row, "What matters first", "subtitle", last_column)
    for sentence in matters.sentences:
        row += 1
        write_across(sheet, row, sentence.text, "sentence", last_column)
    return row + 2


def write_contents(sheet: Worksheet, row: int, title: str, contents: Iterable[tuple[str, str]], last_column: int) -> None:
    """Put a title, and beneath it a link to each of some sheets with what that sheet says."""
    write_across(sheet, row, title, "subtitle", last_column)
    for place, (name, says) in enumerate(contents, start=row + 1):
        write_link(sheet, place, 2, name, name)
        write_across(sheet, place, says, "text", last_column, first_column=3)
