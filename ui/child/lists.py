"""The lists that a child is on, a line each, those of the chosen policy first; and what is coming up."""

from __future__ import annotations

from collections.abc import Collection

import pandas

from metrics.answers.child.child import ChildAnswer
from metrics.engine.policy import Rule
from ui.child.reasons import APART, anchor, apart_words, rule_of, rules_of, running_words, sentence
from ui.components.markup import element, folded, write
from ui.components.tables import Column, named, show_table
from ui.context.page_context import PageContext
from words.dates import british
from words.numbers import counted


def show_lists(context: PageContext, answer: ChildAnswer) -> None:
    """The lists that the child is on, a line each with the days over; then what is coming up, folded."""
    mine = rules_of(context, answer)
    on_list = [row for row in mine if row["on_list"]]
    here = [row for row in on_list if row["policy"] == context.policy_id]
    elsewhere = [row for row in on_list if row["policy"] != context.policy_id]
    if not on_list:
        write(element("p", f"Not on any list on {british(answer.as_at)}.", class_="empty"))
    elif not here:
        write(element("p", f"On no list of {context.policy.name} on {british(answer.as_at)}.", class_="empty"))
    else:
        _show_table(context, answer, here, f"Lists of {context.policy.name} the child is on", "child lists")
    if elsewhere:
        several = counted(len(elsewhere), "list")
        name = "Lists of other policies the child is on"
        fold = f"On {several} of other policies"
        _show_table(context, answer, elsewhere, name, "child other lists", fold)
    _show_not_on_list(context, mine, printed=True)


def show_beside(context: PageContext, answer: ChildAnswer, rules: Collection[str]) -> None:
    """The lists of a panel (``rules``, of the chosen policy; none given: all of them) that the child is on, a sentence each; the
    child's other lists and the limits to come folded."""
    mine = rules_of(context, answer)
    on_list = [row for row in mine if row["on_list"]]
    here = [row for row in on_list if row["policy"] == context.policy_id and (not rules or row["rule"] in rules)]
    others = [element("li", sentence(context, row)) for row in on_list if row not in here]
    write(
        element("h2", f"On the panel's lists on {british(answer.as_at)}"),
        element("ul", *(element("li", sentence(context, row)) for row in here))
        if here
        else element("p", "On none of the panel's lists.", class_="empty"),
    )
    if others:
        write(folded(f"On {counted(len(others), 'other list')}", element("ul", *others)))
    _show_not_on_list(context, mine)


def _show_not_on_list(context: PageContext, mine: list[dict], printed: bool = False) -> None:
    """What is coming up, and what cannot be judged: folded."""
    running = [row for row in mine if not row["on_list"] and not row["is_apart"]]
    if running:
        # The days of a limit to come are below zero: the nearest is the highest.
        soonest = max(running, key=lambda row: row["days_over"])
        summary = f"Limits coming up: {len(running)}, the next on {british(soonest['limit_date'])}"
        write(folded(summary, element("ul", *(element("li", running_words(context, row)) for row in running)), printed=printed))
    if apart := [element("li", apart_words(context, row)) for row in mine if row["is_apart"]]:
        write(folded(f"{APART}: {len(apart)}", element("ul", *apart), printed=printed))


def _show_table(
    context: PageContext, answer: ChildAnswer, on_list: list[dict], caption: str, key: str, of_many: str = ""
) -> None:
    """A line for each list; ``of_many`` policies: each with its policy, folded under this line."""
    rows = [
        {
            "list": rule.title,
            "policy": context.engine.policies[rule.policy].name,
            "how_long": _how_long(rule, row, context),
            "since": row["since"],
            "limit_date": row["limit_date"] if rule.has_day(context.as_at) else None,
            "detail": row["detail"],
            "anchor": anchor(row),
        }
        for row in on_list
        for rule in [rule_of(context, row)]
    ]
    columns = [
        Column("list", leads_to=lambda row: f"#{row['anchor']}"),
        *named("how_long", "since", *(["limit_date"] if any(row["limit_date"] for row in rows) else [])),
        *named("detail", *(["policy"] if of_many else [])),
    ]
    name = f"{answer.person['child_id']} {caption}"
    show_table(pandas.DataFrame(rows), columns, caption, key, name=name, fold=of_many, printed=bool(of_many), one="list")


def _how_long(rule: Rule, row: dict, context: PageContext) -> str:
    """The days of a list in a word or two: overdue, over the limit, or on the list where there is no limit."""
    days = counted(int(row["days_over"]), "day")
    if rule.measure.is_milestone:
        return f"{days} overdue"
    return f"{days} over" if rule.limit_on(context.as_at) is not None else f"{days} on the list"
