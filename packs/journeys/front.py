"""The front sheet of the pack of journeys: each route's headlines in plain English, and how to read a curve."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from metrics.answers.journeys import StepAnswer
from metrics.answers.journeys.words import HOW_TO_READ, sentence, years_words
from packs.excel.front_sheet import begin_front, write_facts
from packs.excel.night_answers import SENSITIVITY
from packs.excel.printing import set_up_page
from packs.excel.workbook import write_across, write_link, write_row
from packs.journeys.answers import JourneyAnswers
from packs.lists.answers import files
from words.columns import heading, headings
from words.labels import NOT_SUPPLIED

WIDTHS = (32, 34, 100)
LAST = len(WIDTHS)
COUNTED = (
    "A journey is one child's period of care. It covers children who entered care in the financial years (April to March) that "
    "began in the last six years. The extracts keep six years, so for earlier years they only have the children who stayed in care. "
    "Those children are not in the figures, but the ones still waiting may be among the longest."
)


def add_front(workbook: Workbook, answers: JourneyAnswers, sheets: dict[str, str]) -> None:
    """Add the front sheet. ``sheets`` is route id -> the name of its sheet."""
    sheet, row = begin_front(workbook, answers, f"Journeys to permanence: {answers.scope_words}", WIDTHS)
    facts = (
        *answers.facts("Reporting date"),
        ("Scope", f"{answers.scope_words}; by the child's team on the date, or last team for a child who has left care"),
        (heading("year"), years_words(answers.routes[0], "All years")),
        *answers.facts("Data load", "Published"),
    )
    row = write_facts(sheet, row, facts, LAST, label_columns=1)
    row = _headlines(sheet, row + 1, answers, sheets)
    write_across(sheet, row + 1, "How to read a curve", "subtitle", LAST)
    write_across(sheet, row + 2, HOW_TO_READ, "sentence", LAST)
    write_across(sheet, row + 3, COUNTED, "sentence", LAST)
    set_up_page(sheet, SENSITIVITY, answers.line, one_page=True)


def _headlines(sheet: Worksheet, row: int, answers: JourneyAnswers, sheets: dict[str, str]) -> int:
    write_row(sheet, row, headings("route_title", "step", "in_short"), ("heading",) * LAST, WIDTHS)
    for answer in answers.routes:
        for of_step in answer.steps:
            row += 1
            said = not_supplied_words(of_step) if of_step.missing else sentence(answer, of_step)
            write_row(sheet, row, (answer.route.title, of_step.step.title, said), ("text",) * LAST, WIDTHS)
            write_link(sheet, row, 1, answer.route.title, sheets[answer.route.id])
    return row + 1


def not_supplied_words(of_step: StepAnswer) -> str:
    """What a step that cannot be counted says instead of figures."""
    return f"{NOT_SUPPLIED}: needs {files(of_step.missing)}"
