"""The sheet of sources: for every figure its question, reason, limit, paragraph, extracts, and the file that defines it."""

from __future__ import annotations

from datetime import date

from openpyxl import Workbook

from metrics.engine.catalogue import place_of
from metrics.engine.policy import Rule
from packs.excel.night_answers import SENSITIVITY
from packs.excel.printing import set_up_page
from packs.excel.workbook import set_widths, write_across, write_row
from packs.lists.answers import SHEETS, PanelAnswers, limit_words, supplied_words
from words.columns import headings

HEADINGS = headings("", "figure_and_rule", "question", "why", "limit", "wording_and_source", "extracts", "supplied", "defined_in")
WIDTHS = (6, 28, 32, 44, 20, 38, 32, 20, 34)
STYLES = ("count", *("text",) * (len(WIDTHS) - 1))
HEADING_ROW = 4


def add_sources(workbook: Workbook, answers: PanelAnswers) -> None:
    """Add the sheet of sources."""
    sheet = workbook.create_sheet(SHEETS["sources"])
    set_widths(sheet, WIDTHS)
    write_across(sheet, 1, "Where each figure comes from", "title", len(WIDTHS))
    write_across(sheet, 2, f"Policy: {answers.policy.name}, {answers.policy.document}.", "sentence", len(WIDTHS))
    write_row(sheet, HEADING_ROW, HEADINGS, ("heading",) * len(WIDTHS), WIDTHS)
    for number, headline in enumerate(answers.headlines, start=1):
        rule, measure = headline.rule, headline.rule.measure
        values = (
            number,
            f"{rule.title}\n{rule.id}",
            rule.asks,
            measure.why,
            limit_words(rule, answers.as_at),
            f"{rule.wording}\n{rule.source}",
            _extracts(rule),
            supplied_words(headline),
            _defined_in(rule, answers.as_at),
        )
        write_row(sheet, HEADING_ROW + number, values, STYLES, WIDTHS)
    set_up_page(sheet, SENSITIVITY, answers.line, HEADING_ROW)


def _extracts(rule: Rule) -> str:
    measure = rule.measure
    lines = ["\n".join(measure.needs)]
    if measure.needs_any:
        lines.append("one of " + " or ".join(measure.needs_any))
    if measure.uses:
        lines.append("better with " + ", ".join(measure.uses))
    return "\n".join(lines)


def _defined_in(rule: Rule, as_at: date) -> str:
    given = "".join(f"\n{name} = {value}" for name, value in rule.parameters_on(as_at).items())
    return f"{place_of(rule.measure.id)}{given}"
