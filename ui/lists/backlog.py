"""The backlog apart: what began before the policy applied, or before the records, by list."""

from __future__ import annotations

import pandas

from metrics.answers import backlog
from ui.components.markup import element
from ui.components.section_headings import section
from ui.components.tables import Column, show_table
from ui.context import address
from ui.context.page_context import PageContext
from words.labels import BACKLOG, BACKLOG_EXPLAINED


def counts(context: PageContext, **within: str | None) -> pandas.DataFrame:
    """The numbers of a policy's backlog within a service or team (``metrics.answers.backlog``)."""
    return backlog.backlog(context.engine, context.policy_id, context.within(**within), "county", (context.as_at,))


def show(context: PageContext, level: str | None = None, **within: str | None) -> None:
    """The numbers of the backlog of a policy (of one level, or all) within a service or team; nothing where there is none."""
    rules = {rule.id: rule for rule in context.policy.rules if level in (None, rule.level)}
    frame = counts(context, **within)
    frame = frame[frame["rule"].isin(list(rules))]
    if frame.empty:
        return
    order = list(rules)
    frame = frame.sort_values("rule", key=lambda column: column.map(order.index)).assign(
        title=frame["rule"].map({name: rule.title for name, rule in rules.items()})
    )

    def leads_to(group: str):
        return lambda row: (
            address.link(address.CHILDREN, context.linked_day, rule=row["rule"], began=group, **within) if row[group] else None
        )

    columns = [
        Column("list", of="title"),
        *(Column(group.replace(" ", "_"), of=group, leads_to=leads_to(group)) for group in BACKLOG),
    ]
    section("Before the policy or the records")
    explained = element("p", BACKLOG_EXPLAINED, class_="quiet")
    caption = "What began before the policy or before the records, by list"
    show_table(frame, columns, caption, "backlog", name="before the policy or the records", before=[explained], one="list")
