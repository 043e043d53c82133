"""Why a child is on a list: the rule, since when, and the rows of the extract that say so."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas

from metrics.answers.child.child import ChildAnswer
from metrics.engine.plain import boxed_rows
from metrics.engine.policy import Rule
from ui.components import downloads
from ui.components.markup import Markup, element, folded, joined, write
from ui.components.tables import Column, bare_table, named
from ui.context import address, cached_answers
from ui.context.page_context import PageContext
from words.dates import british
from words.numbers import counted

EVIDENCE = named("says", "from_date", "to_date", "extract", "source_row", "record_id")

MANY = 12  # rows of evidence that are shown without scrolling
APART = "Not judged: began before the policy or the records"


def rules_of(context: PageContext, answer: ChildAnswer) -> list[dict]:
    """The child's rules of the policies in use: those of the chosen policy first, each policy's with the most days over first."""
    mine = [row for row in boxed_rows(answer.rules) if row["policy"] in context.engine.policies]
    return sorted(mine, key=lambda row: row["policy"] != context.policy_id)


def anchor(row: dict) -> str:
    """The place on the page where a list's evidence stands."""
    return f"why-{row['policy']}-{row['rule']}"


def show_evidence(context: PageContext, child_id: str, answer: ChildAnswer) -> None:
    """Why the child is on each list: the records of the extracts behind it, folded under the list, and all of them to take away."""
    on_list = [row for row in rules_of(context, answer) if row["on_list"]]
    if not on_list:
        write(element("p", f"Not on any list on {british(answer.as_at)}.", class_="empty"))
        return
    found = cached_answers.evidence(context, child_id, [(row["policy"], row["rule"]) for row in on_list])
    for row in on_list:
        _show_rule(context, row, found[row["policy"], row["rule"]])
    titled = [(rule_of(context, row).title, found[row["policy"], row["rule"]]) for row in on_list]
    if any(len(rows) for _, rows in titled):
        columns, about = (Column("list"), *EVIDENCE), downloads.About(f"Extract rows behind the lists of {child_id}", "record")
        downloads.offer(
            partial(_every_record, titled), f"{child_id} evidence", "evidence", columns, about, look=downloads.Look.LINKS
        )


def _every_record(titled: Sequence[tuple[str, pandas.DataFrame]]) -> pandas.DataFrame:
    """The records of all lists, each by its title, to take away."""
    every = pandas.concat([rows.assign(list=title) for title, rows in titled], ignore_index=True)
    return every[["list", *(column.name for column in EVIDENCE)]]


def sentence(context: PageContext, row: dict) -> Markup:
    """One list that the child is on: since when, how far over its limit, and by which clock."""
    rule = rule_of(context, row)
    return joined([element("strong", rule.title), f": {_since(rule, row, context)}{_detail(row)}. {_clock(row)}"])


def _detail(row: dict) -> str:
    return f" · {row['detail']}" if isinstance(row["detail"], str) and row["detail"] else ""


def rule_of(context: PageContext, row: dict) -> Rule:
    return context.engine.rule(row["policy"], row["rule"])


def running_words(context: PageContext, row: dict) -> str:
    if rule_of(context, row).measure.is_milestone:
        return f"{rule_of(context, row).title}: due by {british(row['limit_date'])}, in {counted(-int(row['days_over']), 'day')}"
    clock = _clock(row)
    return (
        f"{rule_of(context, row).title}: since {british(row['since'])}; reaches its limit on {british(row['limit_date'])}, "
        f"in {counted(-int(row['days_over']), 'day')}, if nothing changes{'. ' if clock else ''}{clock}"
    )


def apart_words(context: PageContext, row: dict) -> str:
    due = f"; due by {british(row['limit_date'])}" if not pandas.isna(row["limit_date"]) else ""
    return f"{rule_of(context, row).title}: began on {british(row['since'])}, {row['backlog']}{due}{_detail(row)}"


def _clock(row: dict) -> str:
    """Whether the clock of an option is a recorded or an observed one, and the other day where they differ; else nothing."""
    if not isinstance(row["clock"], str):
        return ""
    recorded, observed = british(row["recorded_since"]), british(row["observed_since"])
    if row["since"] == row["recorded_since"]:
        also = f"; the data loads have shown it since {observed}" if observed and observed != recorded else ""
        return f"The clock is recorded: it runs from the plans' own dates{also}."
    return f"The clock is observed: the data loads have shown it since {observed}, although the record now starts on {recorded}."


def _since(rule: Rule, row: dict, context: PageContext) -> str:
    if rule.measure.is_milestone:
        return f"Due by {british(row['limit_date'])}, {counted(int(row['days_over']), 'day')} overdue; counted from {british(row['since'])}"
    limit = rule.limit_on(context.as_at)
    if limit is None:
        return f"Since {british(row['since'])} ({counted(int(row['days_over']), 'day')})"
    over = counted(int(row["days_over"]), "day")
    return f"Since {british(row['since'])}; limit of {limit.length} reached on {british(row['limit_date'])}, {over} over"


def _show_rule(context: PageContext, row: dict, rows: pandas.DataFrame) -> None:
    rule = rule_of(context, row)
    how = address.link(address.FIGURES, context.linked_day, rule=rule.id, policy=rule.policy)
    clock = _clock(row)
    said = (
        bare_table(rows, EVIDENCE, f"Extract rows behind: {rule.title}", tall=len(rows) > MANY)
        if len(rows)
        else element("p", "The extracts have no record for this rule: that is why the child is on the list.", class_="empty")
    )
    write(
        folded(
            joined((element("strong", rule.title), f": {counted(len(rows), 'record')}")),
            element(
                "p",
                f"{_since(rule, row, context)}{_detail(row)}. ",
                element("a", "How is this figure made?", href=how, class_="screen-only"),
            ),
            element("p", clock, class_="quiet") if clock else "",
            said,
            anchor=anchor(row),
            printed=rule.policy == context.policy_id,
        )
    )
