"""The front sheet: what this pack is, what matters first, the figures with their lists, and what else is in the pack."""

from __future__ import annotations

from openpyxl import Workbook

from packs.excel.front_sheet import begin_front, write_contents, write_facts, write_matters
from packs.excel.night_answers import SENSITIVITY
from packs.excel.printing import set_up_page
from packs.excel.workbook import write, write_across, write_link, write_row
from packs.lists.answers import SHEETS, PanelAnswers, limit_words, supplied_words
from packs.lists.figures import populations, write_few, write_figure, write_share
from packs.panel.annex import annex_contents
from packs.panel.questions import PanelPack
from words.columns import headings

WIDTHS = (6, 48, 12, 12, 24, 68)
LAST = len(WIDTHS)
ABOUT = "Every figure is the number of children on a list, in care on the reporting date. Lists show the longest over the limit first."
TABLED = (
    ("moved", "How each figure moved since the last panel, and whether by more than usual"),
    ("agenda", "The children for the panel to discuss, and why"),
    ("due", "The children whom earlier panels want again by this one"),
    ("overdue", "Actions overdue, by owner"),
    ("coming", "The children who reach a limit by the next panel if nothing changes"),
)


def add_front(workbook: Workbook, pack: PanelPack, list_sheets: dict[str, str], full: bool) -> None:
    """Add the front sheet. ``list_sheets`` is rule id -> the name of the sheet with its children; ``full``: there is an annex."""
    answers = pack.answers
    sheet, row = begin_front(workbook, answers, f"Permanence Panel pack: {answers.council}", WIDTHS)
    row = write_matters(sheet, row, pack.matters, LAST)
    facts = (
        *answers.facts("Reporting date", "Scope", "Policy", "Data load", "Published"),
        ("Not supplied or not available", not_supplied(answers)),
    )
    row = write_facts(sheet, row, facts, LAST)
    write_contents(sheet, row + 1, "To table", [(SHEETS[key], says) for key, says in TABLED], LAST)
    row = _figures(sheet, row + len(TABLED) + 3, answers, list_sheets)
    if full:
        write_contents(sheet, row + 1, "Annex", annex_contents(pack), LAST)
    else:
        write_across(sheet, row + 1, WITHOUT_ANNEX, "note", LAST)
    set_up_page(sheet, SENSITIVITY, answers.line, one_page=True)


WITHOUT_ANNEX = (
    "The annex (charts, services and teams, who joined and left, thirteen months of flows, every decision and action, sources) is in "
    "the full pack."
)


def not_supplied(answers: PanelAnswers) -> str:
    """The figures that have no number or are counted without an extract, and why."""
    lacking = [
        f"{headline.rule.title}: {supplied_words(headline)}"
        for headline in answers.headlines
        if headline.absence or headline.without
    ]
    return "\n".join(lacking) or "None: every extract that these figures use was supplied."


def _figures(sheet, row: int, answers: PanelAnswers, list_sheets: dict[str, str]) -> int:
    """The lists with their numbers. Gives the next free row."""
    write_across(sheet, row, "The lists", "subtitle", LAST)
    write_across(sheet, row + 1, ABOUT, "note", LAST)
    row += 2
    styles = ("heading", "heading", "heading of figures", "heading of figures", "heading", "heading")
    write_row(sheet, row, headings("", "list", "children", "share", "against_target", "limit"), styles, WIDTHS)
    for number, headline in enumerate(answers.headlines, start=1):
        row += 1
        rule = headline.rule
        write(sheet, row, 1, number, "count")
        write_link(sheet, row, 2, rule.title, list_sheets[rule.id])
        write_figure(sheet, row, 3, headline.children, "count", headline.absence)
        write_share(sheet, row, 4, headline)
        write(sheet, row, 5, headline.standing, "words after a figure")
        write(sheet, row, 6, limit_words(rule, answers.as_at), "text")
    return write_few(sheet, row + 1, populations(answers), LAST)
