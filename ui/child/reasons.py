"""The lists that a child is on, a line each, and why: since when, and the rows of the extract that say so."""

from __future__ import annotations

from collections.abc import Collection

import pandas

from metrics.answers.child.child import ChildAnswer
from metrics.engine.policy import Rule
from ui.components import downloads
from ui.components.markup import Markup, element, joined, write
from ui.components.tables import Column, named, table
from ui.context import address, cached_answers
from ui.context.page_context import PageContext
from words.dates import british
from words.numbers import counted

EVIDENCE = named("says", "from_date", "to_date", "extract", "source_row", "record_id")

MILESTONE = "milestone"
MANY = 12  # rows of evidence that are shown without scrolling
APART = "Not judged: began before the policy or the records"


def _mine(context: PageContext, answer: ChildAnswer) -> list[dict]:
    """The child's rules of the policies in use: those of the chosen policy first, each policy's with the most days over first."""
    mine = [row for row in answer.rules.to_dict("records") if row["policy"] in context.engine.policies]
    return sorted(mine, key=lambda row: row["policy"] != context.policy_id)


def _anchor(row: dict) -> str:
    """The place on the page where a list's evidence stands."""
    return f"why-{row['policy']}-{row['rule']}"


def show_lists(context: PageContext, answer: ChildAnswer) -> None:
    """The lists that the child is on, a line each with the days over; then what is coming up, folded."""
    mine = _mine(context, answer)
    on_list = [row for row in mine if row["on_list"]]
    here = [row for row in on_list if row["policy"] == context.policy_id]
    elsewhere = [row for row in on_list if row["policy"] != context.policy_id]
    if not on_list:
        write(element("p", f"Not on any list on {british(answer.as_at)}.", class_="empty"))
    elif not here:
        write(element("p", f"On no list of {context.policy.name} on {british(answer.as_at)}.", class_="empty"))
    else:
        write(_lists(context, here, f"Lists of {context.policy.name} the child is on"))
    if elsewhere:
        several = counted(len(elsewhere), "list")
        _folded(
            f"On {several} of other policies", _lists(context, elsewhere, "Lists of other policies the child is on", of_many=True)
        )
    _show_not_on_list(context, mine)


def _show_not_on_list(context: PageContext, mine: list[dict]) -> None:
    """What is coming up, and what cannot be judged: folded."""
    running = [row for row in mine if not row["on_list"] and not row["is_apart"]]
    if running:
        # The days of a limit to come are below zero: the nearest is the highest.
        soonest = max(running, key=lambda row: row["days_over"])
        summary = f"Limits coming up: {len(running)}, the next on {british(soonest['limit_date'])}"
        _folded(summary, element("ul", *(element("li", _running(context, row)) for row in running)))
    if apart := [element("li", _apart(context, row)) for row in mine if row["is_apart"]]:
        _folded(f"{APART}: {len(apart)}", element("ul", *apart))


def _lists(context: PageContext, on_list: list[dict], caption: str, of_many: bool = False) -> Markup:
    """A line for each list; ``of_many`` policies: each with its policy."""
    rows = [
        {
            "list": rule.title,
            "policy": context.engine.policies[rule.policy].name,
            "how_long": _how_long(rule, row, context),
            "since": row["since"],
            "limit_date": row["limit_date"] if rule.measure.kind == MILESTONE or rule.limit_on(context.as_at) else None,
            "detail": row["detail"],
            "anchor": _anchor(row),
        }
        for row in on_list
        for rule in [_rule(context, row)]
    ]
    columns = [
        Column("list", leads_to=lambda row: f"#{row['anchor']}"),
        *named("how_long", "since", "limit_date", "detail", *(["policy"] if of_many else [])),
    ]
    return table(pandas.DataFrame(rows), columns, caption)


def _folded(summary: str, *contents: object) -> None:
    write(element("details", element("summary", summary), element("div", *contents), class_="term"))


def show_evidence(context: PageContext, child_id: str, answer: ChildAnswer) -> None:
    """Why the child is on each list: the records of the extracts behind it, folded under the list, and all of them to take away."""
    frames = []
    for row in _mine(context, answer):
        if row["on_list"]:
            rule = _rule(context, row)
            rows = cached_answers.evidence(context, child_id, rule.policy, rule.id)
            _show_rule(context, row, rows)
            frames.append(rows.assign(list=rule.title))
    if not frames:
        write(element("p", f"Not on any list on {british(answer.as_at)}.", class_="empty"))
        return
    every = pandas.concat(frames, ignore_index=True)
    if len(every):
        columns = (Column("list"), *EVIDENCE)
        downloads.offer(every[["list", *(column.name for column in EVIDENCE)]], f"{child_id} evidence", "evidence", columns)


def _how_long(rule: Rule, row: dict, context: PageContext) -> str:
    """The days of a list in a word or two: overdue, over the limit, or on the list where there is no limit."""
    days = counted(int(row["days_over"]), "day")
    if rule.measure.kind == MILESTONE:
        return f"{days} overdue"
    return f"{days} over" if rule.limit_on(context.as_at) is not None else f"{days} on the list"


def show_beside(context: PageContext, answer: ChildAnswer, rules: Collection[str]) -> None:
    """The lists of a panel (``rules``, of the chosen policy; none given: all of them) that the child is on, a sentence each; the
    child's other lists and the limits to come folded."""
    mine = _mine(context, answer)
    on_list = [row for row in mine if row["on_list"]]
    here = [row for row in on_list if row["policy"] == context.policy_id and (not rules or row["rule"] in rules)]
    others = [row for row in on_list if row not in here]
    write(
        element("h3", f"On the panel's lists on {british(answer.as_at)}"),
        element("ul", *(element("li", _sentence(context, row)) for row in here))
        if here
        else element("p", "On none of the panel's lists.", class_="empty"),
    )
    if others:
        _folded(
            f"On {counted(len(others), 'other list')}", element("ul", *(element("li", _sentence(context, row)) for row in others))
        )
    _show_not_on_list(context, mine)


def _sentence(context: PageContext, row: dict) -> Markup:
    rule = _rule(context, row)
    return joined([element("strong", rule.title), f": {_since(rule, row, context)}{_detail(row)}. {_clock(row)}"])


def _detail(row: dict) -> str:
    return f" · {row['detail']}" if isinstance(row["detail"], str) and row["detail"] else ""


def _rule(context: PageContext, row: dict) -> Rule:
    return context.engine.rule(row["policy"], row["rule"])


def _running(context: PageContext, row: dict) -> str:
    if _rule(context, row).measure.kind == MILESTONE:
        return f"{_rule(context, row).title}: due by {british(row['limit_date'])}, in {counted(-int(row['days_over']), 'day')}"
    clock = _clock(row)
    return (
        f"{_rule(context, row).title}: since {british(row['since'])}; reaches its limit on {british(row['limit_date'])}, "
        f"in {counted(-int(row['days_over']), 'day')}, if nothing changes{'. ' if clock else ''}{clock}"
    )


def _apart(context: PageContext, row: dict) -> str:
    due = f"; due by {british(row['limit_date'])}" if not pandas.isna(row["limit_date"]) else ""
    return f"{_rule(context, row).title}: began on {british(row['since'])}, {row['backlog']}{due}{_detail(row)}"


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
    if rule.measure.kind == MILESTONE:
        return f"Due by {british(row['limit_date'])}, {counted(int(row['days_over']), 'day')} overdue; counted from {british(row['since'])}"
    limit = rule.limit_on(context.as_at)
    if limit is None:
        return f"Since {british(row['since'])} ({counted(int(row['days_over']), 'day')})"
    over = counted(int(row["days_over"]), "day")
    return f"Since {british(row['since'])}; limit of {limit.length} reached on {british(row['limit_date'])}, {over} over"


def _show_rule(context: PageContext, row: dict, rows: pandas.DataFrame) -> None:
    rule = _rule(context, row)
    how = address.link(address.FIGURES, context.linked_day, rule=rule.id, policy=rule.policy)
    clock = _clock(row)
    said = (
        table(rows, EVIDENCE, f"Extract rows behind: {rule.title}", tall=len(rows) > MANY)
        if len(rows)
        else element("p", "The extracts have no record for this rule: that is why the child is on the list.", class_="empty")
    )
    summary = element("summary", element("strong", rule.title), f": {counted(len(rows), 'record')}")
    write(
        element(
            "details",
            summary,
            element(
                "div",
                element("p", f"{_since(rule, row, context)}{_detail(row)}. ", element("a", "How is this figure made?", href=how)),
                element("p", clock, class_="quiet") if clock else "",
                said,
                id=_anchor(row),
            ),
            class_="term",
        )
    )
