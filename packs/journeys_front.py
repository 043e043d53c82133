"""The front sheet of the pack of journeys: each route's headlines in plain English, and how to read a curve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from data.contract import tables
from metrics.headlines import NOT_SUPPLIED
from metrics.journeys import StepAnswer
from metrics.journeys.words import HOW_TO_READ, sentence, years_words
from packs.answers import SENSITIVITY
from packs.printing import set_up_page
from packs.workbook import date_words, set_widths, write, write_across, write_link, write_row

if TYPE_CHECKING:
    from packs.journeys import JourneyAnswers

WIDTHS = (32, 34, 100)
LAST = len(WIDTHS)
WARNING = f"{SENSITIVITY}: no child is named here, but much is said of each. Keep this as you would keep the record."
COUNTED = (
    "A journey is a child in one period of care. Counted are those who entered care in the financial years (April to March) that "
    "began in the last six years: the extracts keep six years, so of earlier years they hold only the children who stayed. Those "
    "are in no figure; the ones who still wait may be among the longest."
)


def add_front(workbook: Workbook, answers: JourneyAnswers, sheets: dict[str, str]) -> None:
    """Add the front sheet. ``sheets`` is route id -> the name of its sheet."""
    sheet = workbook.create_sheet("Front")
    set_widths(sheet, WIDTHS)
    write_across(sheet, 1, f"Journeys to permanence: {answers.scope.words}", "title", LAST)
    write_across(sheet, 2, WARNING, "warning", LAST)
    row = 3
    if answers.invented:
        write_across(sheet, row, "SYNTHETIC: every child, worker and team in this pack is invented.", "warning", LAST)
        row += 1
    row = _facts(sheet, row + 1, answers)
    row = _headlines(sheet, row + 1, answers, sheets)
    write_across(sheet, row + 1, "How to read a curve", "subtitle", LAST)
    write_across(sheet, row + 2, HOW_TO_READ, "sentence", LAST)
    write_across(sheet, row + 3, COUNTED, "sentence", LAST)
    set_up_page(sheet, SENSITIVITY, answers.line, one_page=True)


def _facts(sheet: Worksheet, row: int, answers: JourneyAnswers) -> int:
    facts = (
        ("Reporting date", f"{date_words(answers.as_at)}, at the close of the day"),
        ("Scope", f"{answers.scope.words}; a child's team is that on the day, or of a child who left care the last one"),
        ("Entered care in", years_words(answers.routes[0], "All years")),
        ("Night", f"{answers.night}, extracts as at {date_words(answers.night_as_at)}"),
        ("Published", f"{answers.published_at:%d/%m/%Y %H:%M} UTC"),
    )
    for label, fact in facts:
        write(sheet, row, 1, label, "label")
        write_across(sheet, row, fact, "text", LAST, first_column=2)
        row += 1
    return row


def _headlines(sheet: Worksheet, row: int, answers: JourneyAnswers, sheets: dict[str, str]) -> int:
    write_row(sheet, row, ("Route", "Step", "In short"), ("heading",) * LAST, WIDTHS)
    for answer in answers.routes:
        for of_step in answer.steps:
            row += 1
            said = not_supplied_words(of_step) if of_step.missing else sentence(answer, of_step)
            write_row(sheet, row, (answer.route.title, of_step.step.title, said), ("text",) * LAST, WIDTHS)
            write_link(sheet, row, 1, answer.route.title, sheets[answer.route.id])
    return row + 1


def not_supplied_words(of_step: StepAnswer) -> str:
    """What a step that cannot be counted says instead of figures."""
    needs = "; ".join(
        " or ".join(f"{tables()[name].title} ({name})" for name in choice.split(" or ")) for choice in of_step.missing
    )
    return f"{NOT_SUPPLIED}: needs {needs}"
