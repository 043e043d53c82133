"""The front sheet: what this pack is, as at when, what is not supplied, what each figure means, and where to find it."""

from __future__ import annotations

from openpyxl import Workbook

from packs.drift.answers import DriftAnswers
from packs.excel.front_sheet import begin_front, write_contents, write_facts
from packs.excel.night_answers import SENSITIVITY
from packs.excel.printing import set_up_page
from packs.excel.workbook import write_across, write_link, write_row
from packs.lists.answers import SHEETS, PanelAnswers, limit_words, supplied_words
from words.columns import headings
from words.dates import british

WIDTHS = (6, 42, 58, 58, 24)
LAST = len(WIDTHS)
ABOUT = "Every figure is the number of children on a list, in care on the reporting date. Lists show the longest over the limit first."


def add_front(workbook: Workbook, answers: PanelAnswers, list_sheets: dict[str, str], drift: DriftAnswers) -> None:
    """Add the front sheet. ``list_sheets`` is rule id -> the name of the sheet with its children."""
    sheet, row = begin_front(workbook, answers, f"Permanence Panel pack: {answers.council}", WIDTHS)
    facts = (
        *answers.facts("Reporting date", "Scope", "Policy", "Data load", "Published"),
        ("Not supplied or not available", _not_supplied(answers)),
    )
    row = write_facts(sheet, row, facts, LAST)
    row = _definitions(sheet, row + 1, answers, list_sheets)
    contents = ((SHEETS[key], says) for key, says in _contents(drift))
    write_contents(sheet, row + 1, "Also in this pack", contents, LAST)
    set_up_page(sheet, SENSITIVITY, answers.line, one_page=True)


def _not_supplied(answers: PanelAnswers) -> str:
    lacking = [
        f"{headline.rule.title}: {supplied_words(headline)}"
        for headline in answers.headlines
        if headline.absence or headline.without
    ]
    return "\n".join(lacking) or "None: every extract that these figures use was supplied."


def _definitions(sheet, row: int, answers: PanelAnswers, list_sheets: dict[str, str]) -> int:
    write_across(sheet, row, "What each figure means", "subtitle", LAST)
    write_across(sheet, row + 1, ABOUT, "sentence", LAST)
    row += 2
    write_row(sheet, row, headings("", "title", "wording", "question", "limit"), ("heading",) * LAST, WIDTHS)
    for number, headline in enumerate(answers.headlines, start=1):
        row += 1
        rule = headline.rule
        values = (number, rule.title, rule.wording, rule.asks, limit_words(rule, answers.as_at))
        write_row(sheet, row, values, ("count", *("text",) * 4), WIDTHS)
        write_link(sheet, row, 2, rule.title, list_sheets[rule.id])
    return row + 1


def _contents(drift: DriftAnswers) -> tuple[tuple[str, str], ...]:
    """The other sheets, by their keys, and what each says."""
    return (
        ("figures", "The figures, with change, share, target and thirteen months of trend, as a table and as charts"),
        ("service", "Each figure by service"),
        ("team", "Each figure by team"),
        ("drift", f"Who joined and who left each list since {british(drift.movements.first)}, in numbers"),
        ("changed", "The children who joined or left, with the reason for leaving care"),
        *(
            (("late", "How the list reported then differs from what is now known of that date"),)
            if drift.late is not None
            else ()
        ),
        ("flows", "Thirteen months of who joined and left each list, as a table and as charts"),
        ("agenda", "The children for the panel to discuss, and why"),
        ("decisions", "What the panel decided"),
        ("actions", "Overdue, open and completed actions, by owner"),
        ("sources", "Where each figure comes from: question, reason, limit, paragraph, extracts, and the file that defines it"),
    )
