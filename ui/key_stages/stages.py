"""Salford's key stages: the words and marks of a state, and how every stage stands in the county, a service or a team."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pandas
import streamlit

from metrics.answers.key_stages import key_stages
from metrics.answers.milestone_states import Counted
from metrics.engine.policy import Rule
from metrics.engine.scope import Scope
from ui.components import downloads
from ui.components.markup import Markup, element, joined, write
from ui.components.section_headings import section
from ui.components.tables import Column, scrolling
from ui.components.teams import name_of
from ui.context import address, cached_answers
from ui.context.cached_answers import ScopeKey, scope_key, scope_of
from ui.context.page_context import Key, PageContext, engine_of
from ui.context.remembered import remembered
from words.columns import heading
from words.dates import british
from words.labels import BEFORE_POLICY, BEFORE_RECORDS, NOT_COUNTED, figure
from words.numbers import children

PAGE = "key_stages"
NAMES = ("service", "team", "show", "child")
# A state's mark, its word, and its class: the word says all that the mark and the class do.
STATES = {
    key_stages.OVERDUE: ("▲", "overdue", "stage-overdue"),
    key_stages.DUE: ("○", "due", "stage-due"),
    key_stages.IN_TIME: ("✓", "in time", "stage-in-time"),
    key_stages.LATE: ("◑", "late", "stage-late"),
    key_stages.DONE: ("✓", "done", "stage-in-time"),
    key_stages.NO_DATE: ("?", "no date", "stage-none"),
    key_stages.POSSIBLE: ("◇", "possible", "stage-due"),
    key_stages.NOT_YET: ("○", "not yet", "stage-none"),
    BEFORE_POLICY: ("◁", BEFORE_POLICY, "stage-none"),
    BEFORE_RECORDS: ("◁", BEFORE_RECORDS, "stage-none"),
}
# A stage with no period, or whose day is not recorded, is done or has no date.
COUNTED = (key_stages.OVERDUE, key_stages.DUE, key_stages.IN_TIME, key_stages.LATE, key_stages.DONE, key_stages.NO_DATE)


@cache
def _stylesheet() -> str:
    return "<style>" + Path(__file__).with_suffix(".css").read_text(encoding="utf-8") + "</style>"


def look() -> None:
    """Put the grid's own styles on the page."""
    streamlit.html(_stylesheet())


def stages(context: PageContext, scope: Scope) -> pandas.DataFrame:
    """A row a child and stage in the scope on the reporting date (``key_stages.stages``)."""
    return _stages(context.key, context.policy_id, scope_key(scope), context.as_at)


@remembered(24)
def _stages(key: Key, policy_id: str, scope: ScopeKey, as_at: date) -> pandas.DataFrame:
    return key_stages.stages(engine_of(key), policy_id, scope_of(scope), as_at)


def counts(context: PageContext, scope: Scope) -> list[tuple[Rule, Counted | None]]:
    """How often each state of each stage comes up in the scope (``key_stages.counts``)."""
    return _counts(context.key, context.policy_id, scope_key(scope), context.as_at)


@remembered(100)
def _counts(key: Key, policy_id: str, scope: ScopeKey, as_at: date) -> list[tuple[Rule, Counted | None]]:
    return key_stages.counts(engine_of(key), policy_id, scope_of(scope), as_at)


def said(state: str) -> Markup:
    """A state as its mark and its word; the mark is not read aloud."""
    mark, word, _ = STATES[state]
    return element("span", element("span", mark, class_="mark", aria_hidden="true"), f" {word}", class_="said")


def list_of(context: PageContext, rule: Rule, **within: str | None) -> str:
    """The address of the list of a stage's overdue children."""
    return address.link(address.CHILDREN, context.linked_day, policy=context.policy_id, rule=rule.id, **within)


def show_standing(context: PageContext, chosen: dict[str, str | None]) -> None:
    """How often each stage is overdue, due and done, and by service, or by team of the service that is chosen."""
    scope = context.within(**chosen)
    by = "service" if not chosen["service"] and not chosen["team"] else None if chosen["team"] else "team"
    groups = cached_answers.groups(context)
    inside = groups if not chosen["service"] else groups[groups["service"] == chosen["service"]]
    total = inside if not chosen["team"] else inside[inside["team"] == chosen["team"]]
    section(f"{name_of(context, chosen)}: {children(int(total['children'].sum()))} in care on {british(context.as_at)}")
    every = counts(context, scope)
    names = sorted(inside[by].unique()) if by else []
    overdue: dict[str, dict[str, int | None]] = defaultdict(dict)
    for row in cached_answers.figures(context, by, scope) if by else ():
        overdue[row.rule][row.group] = row.children
    head = element(
        "tr",
        element("th", heading("stage"), scope="col"),
        *(element("th", heading(state.replace(" ", "_")), class_="num", scope="col") for state in COUNTED),
        *(element("th", _group(context, by, name, chosen), class_="num", scope="col") for name in names if by),
    )
    due = [(rule, counted) for rule, counted in every if rule.measure.is_milestone]
    rows = [_standing(context, rule, counted, by, names, overdue[rule.id], chosen) for rule, counted in due]
    caption = f"Key stages, {name_of(context, chosen)}"
    whole = element(
        "table",
        element("caption", caption, class_="unseen"),
        element("thead", head),
        element("tbody", *rows),
        class_="data stages standing",
    )
    write(scrolling(whole, caption), element("p", _explained(by), class_="quiet"))
    _show_possible(context, every, chosen)
    by_group = {name: [_of_group(overdue[rule.id], name) for rule, _ in every] for name in names}
    columns = [Column("stage", of=name, given=name, because="each service or team has a column") for name in names]
    kept, about = _as_frame(context, every).assign(**by_group), downloads.About(caption, "stage")
    downloads.offer(kept, caption, "standing", columns, about, look=downloads.Look.LINKS)


def _of_group(overdue: Mapping[str, int | None], name: str) -> int | None:
    """How many children of a group are overdue for a stage; None where it has no figure. ``overdue``: the stage's, by group."""
    return overdue.get(name, 0) if any(count is not None for count in overdue.values()) else None


def _explained(by: str | None) -> str:
    by_group = f" The columns on the right count overdue stages by {by}." if by else ""
    return (
        "Overdue: not done by the end of the due date. Children who left care in the last six months count where a stage still "
        "applies to them."
    ) + by_group


def _group(context: PageContext, by: str, name: str, chosen: dict[str, str | None]) -> Markup:
    return element("a", name, href=address.link(PAGE, context.linked_day, policy=context.linked_policy, **{**chosen, by: name}))


def _standing(
    context: PageContext,
    rule: Rule,
    counted: Counted | None,
    by: str | None,
    names: list[str],
    overdue: Mapping[str, int | None],
    chosen: dict[str, str | None],
) -> Markup:
    how = element("a", rule.title, href=address.link(address.FIGURES, context.linked_day, policy=context.policy_id, rule=rule.id))
    if counted is None:
        absence = context.engine.absence(rule, context.as_at)
        needs = element("small", absence.needs if absence else "", class_="long")
        empty = (element("td", "") for _ in range(len(COUNTED) + len(names) - 1))
        return element("tr", element("th", how, needs, scope="row"), element("td", figure(None, absence), class_="num"), *empty)
    cells = [element("td", _count(counted[key_stages.OVERDUE], list_of(context, rule, **chosen)), class_="num")]
    cells += [element("td", _count(counted[state]), class_="num") for state in COUNTED[1:]]
    for name in names:
        leads_to = list_of(context, rule, **(chosen | ({by: name} if by else {})))
        # A stage without a figure has its own row, above.
        cells.append(element("td", _count(_of_group(overdue, name) or 0, leads_to), class_="num"))
    return element("tr", element("th", how, scope="row"), joined(cells))


def _show_possible(context: PageContext, every: list[tuple[Rule, Counted | None]], chosen: dict[str, str | None]) -> None:
    """What is no duty but a choice: for how many children there is one."""
    for rule, counted in every:
        if rule.measure.kind == "measure":
            absence = context.engine.absence(rule, context.as_at)
            possible = "" if counted is None else _count(counted[key_stages.POSSIBLE], list_of(context, rule, **chosen), children)
            words = f"{absence.word}: {absence.needs}" if absence else possible
            write(element("p", f"{rule.title}, which is optional: ", words, "."))


def _count(count: int | None, leads_to: str = "", words: Callable[[int], str] = figure) -> Markup | str:
    """A count, which leads to its children where there are any; of a stage whose clock starts again nobody is counted as done."""
    if count is None:
        return NOT_COUNTED
    return element("a", words(count), href=leads_to) if count and leads_to else words(count)


def _as_frame(context: PageContext, every: list[tuple[Rule, Counted | None]]) -> pandas.DataFrame:
    states = list(key_stages.STATES)

    def said_of(rule: Rule, counted: Counted | None) -> list[object]:
        if counted is None:
            return [figure(None, context.engine.absence(rule, context.as_at)) for _ in states]
        return [NOT_COUNTED if counted[state] is None else counted[state] for state in states]

    rows = [[context.as_at.isoformat(), rule.id, rule.title, *said_of(rule, counted)] for rule, counted in every]
    return pandas.DataFrame(rows, columns=["as_at", "rule", "stage", *(state.replace(" ", "_") for state in states)])
