"""One sheet a rule: its children, the longest over the limit first, ready to print, filter and talk about."""

from __future__ import annotations

from datetime import date

from openpyxl import Workbook

from metrics.answers.headlines import Headline
from metrics.engine.policy import Rule
from packs.excel.table_sheet import TableSheet, add_table
from packs.lists.answers import PanelAnswers, limit_words, supplied_words
from words.dates import british
from words.shown import Column, days_word, named

UNLISTED = "{}: there is no list. The reason is given above."
NOBODY = "No child is on this list."


def add_list(workbook: Workbook, answers: PanelAnswers, number: int, headline: Headline, sheet_name: str) -> None:
    """Add one rule's sheet. A rule that cannot be counted, and a list without children, say so in words."""
    rule = headline.rule
    table = TableSheet(
        sheet_name,
        _sentence(answers, headline),
        _columns(rule, answers.as_at),
        UNLISTED.format(headline.word.capitalize()) if headline.absence else NOBODY,
        title=f"{number}. {rule.title}",
        note=_definition(answers, headline),
    )
    add_table(workbook, table, answers.children[rule.id], answers.line)


def _columns(rule: Rule, as_at: date) -> tuple[Column, ...]:
    """The columns of a rule's sheet; where the clock is that of an option of the plan, it says which it is."""
    days = days_word(rule.measure.kind == "milestone", rule.limit_on(as_at) is not None)
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
    share = f", {headline.share:.1%} of {headline.population:,} {headline.out_of}" if headline.share is not None else ""
    return f"{headline.children:,} on {day} ({answers.scope_words}){share}. Longest over the limit first."


def _definition(answers: PanelAnswers, headline: Headline) -> str:
    rule = headline.rule
    words = limit_words(rule, answers.as_at)
    limit = f"Limit: {words}" if rule.limit_on(answers.as_at) else words
    without = f" Counted without: {supplied_words(headline).removeprefix('Yes, without ')}." if headline.without else ""
    return f"{rule.wording}. {limit}. {rule.asks} Source: {answers.policy.document}, {rule.source}.{without}"
