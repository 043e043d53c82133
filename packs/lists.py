"""One sheet a rule: its children, the longest over the limit first, ready to print, filter and talk about."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from metrics.headlines import Headline
from metrics.policy import Rule
from packs.answers import PanelAnswers, limit_words, supplied_words
from packs.night_answers import SENSITIVITY
from packs.printing import set_up_page
from packs.workbook import date_words, set_widths, write_across, write_row

# The engine's column, its heading, the style of its cells, and its width.
COLUMNS = (
    ("child_id", "Identifier", "text", 13),
    ("legacy_id", "Legacy identifier", "text", 11),
    ("age", "Age", "count", 7),
    ("service", "Service", "text", 20),
    ("team", "Team", "text", 22),
    ("worker", "Worker", "text", 20),
    ("plan", "Plan", "text", 18),
    ("since", "Since", "date", 12),
    ("days_over", "Days over", "count", 10),
    ("legal_status", "Legal status", "text", 10),
    ("placement", "Placement", "text", 24),
    ("last_review_date", "Last review", "date", 12),
    ("detail", "Detail", "text", 26),
)
# Behind "Since", where the clock is that of an option of the plan: recorded or observed, and the other day where they differ.
CLOCK = ("clock", "Clock", "text", 13)
HEADING_ROW = 4
UNLISTED = "Not supplied: there is no list without the extracts named above."
NOBODY = "No child is on this list."


def add_list(workbook: Workbook, answers: PanelAnswers, number: int, headline: Headline, sheet_name: str) -> None:
    """Add one rule's sheet. A rule that cannot be counted, and a list without children, say so in words."""
    sheet = workbook.create_sheet(sheet_name)
    rule = headline.rule
    names, headings, styles, widths = zip(*_columns(rule), strict=True)
    last_column = len(names)
    set_widths(sheet, widths)
    write_across(sheet, 1, f"{number}. {rule.title}", "title", last_column)
    write_across(sheet, 2, _sentence(answers, headline), "sentence", last_column)
    write_across(sheet, 3, _definition(answers, headline), "note", last_column)
    write_row(sheet, HEADING_ROW, headings, ("heading",) * last_column, widths)
    row = HEADING_ROW
    for row, child in enumerate(answers.children[rule.id], start=HEADING_ROW + 1):
        write_row(sheet, row, tuple(child[name] for name in names), styles, widths)
    if row == HEADING_ROW:
        write_across(sheet, row + 1, UNLISTED if headline.missing else NOBODY, "text", last_column)
    else:
        sheet.auto_filter.ref = f"A{HEADING_ROW}:{get_column_letter(last_column)}{row}"
    set_up_page(sheet, SENSITIVITY, answers.line, HEADING_ROW)


def _columns(rule: Rule) -> tuple[tuple[str, str, str, int], ...]:
    """The columns of a rule's sheet: engine's column, heading, style, width."""
    if not rule.measure.of_option:
        return COLUMNS
    place = [name for name, *_ in COLUMNS].index("since") + 1
    return (*COLUMNS[:place], CLOCK, *COLUMNS[place:])


def _sentence(answers: PanelAnswers, headline: Headline) -> str:
    day = date_words(answers.as_at)
    if headline.children is None:
        return f"Not supplied on {day}: {supplied_words(headline).removeprefix('No: ')}."
    share = f", {headline.share:.1%} of {answers.population:,} children in care" if headline.share is not None else ""
    return f"{headline.children:,} on {day} ({answers.scope.words}){share}. Longest over the limit first."


def _definition(answers: PanelAnswers, headline: Headline) -> str:
    rule = headline.rule
    words = limit_words(rule, answers.as_at)
    limit = f"Limit: {words}" if rule.limit_on(answers.as_at) else words
    without = f" Counted without: {supplied_words(headline).removeprefix('Yes, without ')}." if headline.without else ""
    return (
        f"{rule.wording}. {limit}. {rule.asks} "
        f"Source: {answers.policy.document}, {rule.source}.{without}"
    )
