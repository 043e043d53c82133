"""The front sheet: what this pack is, as at when, what is not supplied, what each figure means, and where to find it."""

from __future__ import annotations

from openpyxl import Workbook

from packs.answers import SENSITIVITY, SHEETS, PanelAnswers, limit_words, supplied_words
from packs.drift_answers import DriftAnswers
from packs.printing import set_up_page
from packs.workbook import date_words, set_widths, write, write_across, write_link, write_row

WIDTHS = (6, 42, 58, 58, 24)
LAST = len(WIDTHS)
ABOUT = "Every figure is the length of a list of children in care on the reporting date, the longest over its limit first."
WARNING = f"{SENSITIVITY}: no child is named here, but much is said of each. Keep this as you would keep the record."


def add_front(workbook: Workbook, answers: PanelAnswers, list_sheets: dict[str, str], drift: DriftAnswers) -> None:
    """Add the front sheet. ``list_sheets`` is rule id -> the name of the sheet with its children."""
    sheet = workbook.create_sheet("Front")
    set_widths(sheet, WIDTHS)
    write_across(sheet, 1, f"Permanence Panel pack: {answers.council}", "title", LAST)
    write_across(sheet, 2, WARNING, "warning", LAST)
    row = 3
    if answers.invented:
        write_across(sheet, row, "SYNTHETIC: every child, worker and team in this pack is invented.", "warning", LAST)
        row += 1
    row = _facts(sheet, row + 1, answers)
    row = _definitions(sheet, row + 1, answers, list_sheets)
    _contents(sheet, row + 1, drift)
    set_up_page(sheet, SENSITIVITY, answers.line, one_page=True)


def _facts(sheet, row: int, answers: PanelAnswers) -> int:
    facts = (
        ("Reporting date", f"{date_words(answers.as_at)}, at the close of the day"),
        ("Scope", f"{answers.scope.words}: {answers.population:,} children in care"),
        ("Policy", f"{answers.policy.name}, {answers.policy.document}"),
        ("Night", f"{answers.night}, extracts as at {date_words(answers.night_as_at)}"),
        ("Published", f"{answers.published_at:%d/%m/%Y %H:%M} UTC"),
        ("Not supplied", _not_supplied(answers)),
    )
    for label, fact in facts:
        write(sheet, row, 1, label, "label")
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
        write_across(sheet, row, fact, "text", LAST, first_column=3)
        row += 1
    return row


def _not_supplied(answers: PanelAnswers) -> str:
    lacking = [
        f"{headline.rule.title}: {supplied_words(headline)}"
        for headline in answers.headlines
        if headline.missing or headline.without
    ]
    return "\n".join(lacking) or "Nothing: every extract that these figures use was supplied."


def _definitions(sheet, row: int, answers: PanelAnswers, list_sheets: dict[str, str]) -> int:
    write_across(sheet, row, "What each figure means", "subtitle", LAST)
    write_across(sheet, row + 1, ABOUT, "sentence", LAST)
    row += 2
    write_row(sheet, row, ("", "Figure and its list", "The policy's words", "What it asks", "Limit"), ("heading",) * LAST, WIDTHS)
    for number, headline in enumerate(answers.headlines, start=1):
        row += 1
        rule = headline.rule
        values = (number, rule.title, rule.wording, rule.asks, limit_words(rule, answers.as_at))
        write_row(sheet, row, values, ("count", *("text",) * 4), WIDTHS)
        write_link(sheet, row, 2, rule.title, list_sheets[rule.id])
    return row + 1


def _contents(sheet, row: int, drift: DriftAnswers) -> None:
    write_across(sheet, row, "Also in this pack", "subtitle", LAST)
    contents = (
        ("figures", "The figures, with change, share, target and thirteen months of trend, as a table and as charts"),
        ("service", "Each figure by service"),
        ("team", "Each figure by team"),
        ("drift", f"Who joined and who left each list since {date_words(drift.movements.first)}, in numbers"),
        ("changed", "The children who joined or left, with the reason for leaving care"),
        *((("late", "How the list reported then differs from what is now known of that day"),) if drift.late is not None else ()),
        ("flows", "Thirteen months of who joined and who left each list, as a table and as charts"),
        ("agenda", "The children whom the panel is to discuss, and why"),
        ("decisions", "What the panel decided"),
        ("actions", "What is overdue, open and done, by owner"),
        ("sources", "Where each figure comes from: question, reason, limit, paragraph, extracts, and the file that defines it"),
    )
    for place, (key, says) in enumerate(contents, start=row + 1):
        write_link(sheet, place, 2, SHEETS[key], SHEETS[key])
        write_across(sheet, place, says, "text", LAST, first_column=3)
