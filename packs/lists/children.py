"""One sheet a rule: its children, the longest over the limit first, ready to print, filter and talk about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from openpyxl import Workbook

from metrics.answers.headlines import Headline
from metrics.engine.policy import Rule
from packs.excel.table_sheet import TableSheet, add_table
from packs.lists.answers import PanelAnswers, limit_words, supplied_words
from words.dates import british
from words.labels import plan_words
from words.shown import Column, days_word, named

UNLISTED = "{}: there is no list. The reason is given above."
# A line a child on a portrait page.
SHORT = {"team": 28, "worker": 28, "plan": 40}
CLOCKS = "R/O: the clock starts as recorded (R) or as observed in the data loads (O); a star: the other start is another day."
NOBODY = "No child is on this list."


def add_list(workbook: Workbook, answers: PanelAnswers, number: int, headline: Headline, sheet_name: str) -> None:
    """Add one rule's sheet. A rule that cannot be counted, and a list without children, say so in words."""
    add_table(workbook, *list_table(answers, number, headline, sheet_name, _columns(headline.rule, answers.as_at)), answers.line)


def short_list(answers: PanelAnswers, number: int, headline: Headline, sheet_name: str) -> tuple[TableSheet, list[dict]]:
    """One rule's list in the columns that a meeting needs, a line a child: the table and its rows."""
    rule = headline.rule
    days = days_word(rule.measure.is_milestone, rule.limit_on(answers.as_at) is not None)
    columns = named(
        *("child_id", "age", "team", "worker", "plan", "since"),
        *(["clock_code"] if rule.measure.of_option else []),
        Column(days, of="days_over"),
    )
    table, rows = list_table(answers, number, headline, sheet_name, columns)
    note = f"{table.note} {CLOCKS}" if rule.measure.of_option and rows else table.note
    return replace(table, orientation="portrait", wide=SHORT, note=note), [
        row | {"clock_code": clock_code(row["recorded_since"], row["observed_since"])} for row in rows
    ]


def clock_code(recorded: date | None, observed: date | None) -> str | None:
    """The start that a clock of a plan's option has, as ``clock_in_words`` of the engine says it: R, O, with a star where they differ."""
    if recorded is None:
        return None
    if observed is None or observed == recorded:
        return "R"
    return "O*" if observed < recorded else "R*"


def list_table(
    answers: PanelAnswers, number: int, headline: Headline, sheet_name: str, columns: tuple[Column, ...]
) -> tuple[TableSheet, list[dict]]:
    """One rule's list: the table, with what the rule says, and its rows."""
    rule = headline.rule
    table = TableSheet(
        sheet_name,
        _sentence(answers, headline),
        columns,
        UNLISTED.format(headline.word.capitalize()) if headline.absence else NOBODY,
        title=f"{number}. {rule.title}",
        note=_definition(answers, headline),
    )
    return table, [{**child, "plan": plan_words(child["plan"], child["child_id"])} for child in answers.children[rule.id]]


def _columns(rule: Rule, as_at: date) -> tuple[Column, ...]:
    """The columns of a rule's sheet; where the clock is that of an option of the plan, it says which it is."""
    days = days_word(rule.measure.is_milestone, rule.limit_on(as_at) is not None)
    return named(
        *("child_id", "legacy_id", "age", "service", "team", "worker", "plan", "since"),
        *(["clock"] if rule.measure.of_option else []),
        Column(days, of="days_over"),
        *("legal_status", "placement", "last_review_date", "detail"),
    )


def _sentence(answers: PanelAnswers, headline: Headline) -> str:
    day = british(answers.as_at)
    if headline.children is None:
        why = supplied_words(headline).removeprefix("No: ").removeprefix(f"{headline.word.capitalize()}: ").removesuffix(".")
        return f"{headline.word.capitalize()} on {day}: {why}."
    share = ""
    if headline.share is not None:
        part = "" if headline.is_few else f"{headline.share:.1%} "
        share = f", {part}of {headline.population:,} {headline.out_of}"
    return f"{headline.children:,} on {day} ({answers.scope_words}){share}. Longest over the limit first."


def _definition(answers: PanelAnswers, headline: Headline) -> str:
    rule = headline.rule
    words = limit_words(rule, answers.as_at)
    limit = f"Limit: {words}" if rule.limit_on(answers.as_at) else words
    without = f" Counted without: {supplied_words(headline).removeprefix('Yes, without ')}." if headline.without else ""
    return f"{rule.wording}. {limit}. {rule.asks} Source: {answers.policy.document}, {rule.source}.{without}"
