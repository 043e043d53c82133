"""The backlog on a sheet of its own: what began before the policy applied, or before the records, with its numbers by list."""

from __future__ import annotations

from openpyxl import Workbook

from packs.excel.table_sheet import TableSheet, add_table
from packs.lists.answers import SHEETS, PanelAnswers
from words.dates import british
from words.labels import BACKLOG, BACKLOG_EXPLAINED
from words.shown import named

COLUMNS = named(
    *("list", "backlog", "child_id", "legacy_id", "age", "service", "team", "worker", "plan", "since", "limit_date", "detail")
)


def add_backlog(workbook: Workbook, answers: PanelAnswers) -> None:
    """Add the sheet, where anything began before the policy or the records."""
    if not answers.backlog:
        return
    titles = {rule.id: rule.title for rule in answers.rules}
    counts = "; ".join(f"{group}: {sum(child['backlog'] == group for child in answers.backlog):,}" for group in BACKLOG)
    table = TableSheet(
        SHEETS["backlog"],
        f"On {british(answers.as_at)} ({answers.scope_words}), {counts}.",
        COLUMNS,
        "Nothing began before the policy or the records.",
        note=BACKLOG_EXPLAINED,
    )
    add_table(workbook, table, [child | {"list": titles[child["rule"]]} for child in answers.backlog], answers.line)
