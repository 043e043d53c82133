"""The figures by service or by team: groups down, rules across, and the total that the figures sheet shows."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.utils import get_column_letter

from packs.excel.night_answers import SENSITIVITY
from packs.excel.printing import set_up_page
from packs.excel.workbook import set_widths, write, write_across, write_row
from packs.lists.answers import GroupFigures, PanelAnswers
from packs.lists.figures import write_figure
from words.columns import headings
from words.dates import british
from words.labels import figure_title

NAME_WIDTH, COUNT_WIDTH = 30, 14
HEADING_ROW = 4
SHADE_FROM, SHADE_TO = "FFFFFF", "F6B26B"
FEWEST_TO_SHADE = 3
NOTE = "A child can be on more than one list. Shading compares groups for the same figure."


def add_groups(
    workbook: Workbook, answers: PanelAnswers, title: str, of: tuple[str, ...], groups: tuple[GroupFigures, ...]
) -> None:
    """Add a sheet of figures by group. ``of`` are the columns of each group's names."""
    sheet = workbook.create_sheet(title)
    names = len(of)
    last_column = names + 1 + len(answers.rules)
    widths = (NAME_WIDTH,) * names + (COUNT_WIDTH,) * (last_column - names)
    set_widths(sheet, widths)
    write_across(sheet, 1, f"{title} on {british(answers.as_at)}: {answers.scope_words}", "title", last_column)
    write_across(sheet, 2, f"Children at or over each limit. {NOTE}", "sentence", last_column)
    titles = (*headings(*of, "children_in_care"), *(figure_title(rule) for rule in answers.rules))
    write_row(sheet, HEADING_ROW, titles, ("heading",) * names + ("heading of figures",) * (last_column - names), widths)
    row = HEADING_ROW
    for group in groups:
        row += 1
        write_row(sheet, row, (*group.names, group.in_care), ("text",) * names + ("count",), widths[: names + 1])
        for column, children in enumerate(group.children, start=names + 2):
            absence = answers.headlines[column - names - 2].absence
            write_figure(sheet, row, column, children, "count", absence)
    if groups:
        sheet.auto_filter.ref = f"A{HEADING_ROW}:{get_column_letter(last_column)}{row}"
    if len(groups) >= FEWEST_TO_SHADE:
        _shade(sheet, names + 2, last_column, row)
    _total(sheet, row + 1, answers, names)
    set_up_page(sheet, SENSITIVITY, answers.line, HEADING_ROW)


def _shade(sheet, first_column: int, last_column: int, last_row: int) -> None:
    for column in range(first_column, last_column + 1):
        letter = get_column_letter(column)
        scale = ColorScaleRule(start_type="num", start_value=0, start_color=SHADE_FROM, end_type="max", end_color=SHADE_TO)
        sheet.conditional_formatting.add(f"{letter}{HEADING_ROW + 1}:{letter}{last_row}", scale)


def _total(sheet, row: int, answers: PanelAnswers, names: int) -> None:
    """The engine's own figures for the whole scope, to which the groups above add up."""
    labels = (f"Total: {answers.scope_words}", *("",) * (names - 1))
    for column, label in enumerate(labels, start=1):
        write(sheet, row, column, label, "total label")
    write(sheet, row, names + 1, answers.in_care, "total")
    for column, headline in enumerate(answers.headlines, start=names + 2):
        write_figure(sheet, row, column, headline.children, "total", headline.absence)
