"""What if the limit were another: the counts by team and over thirteen months beside today's, and a line for the settings to agree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit

from metrics.answers import what_if
from metrics.answers.what_if import WhatIf
from metrics.engine.engine import QuestionError
from metrics.engine.own_limits import LONGEST
from metrics.engine.policy import UNITS, Rule
from ui.components.markup import element, write
from ui.components.tables import named, show_table
from ui.context.cached_answers import ScopeKey, scope_key, scope_of
from ui.context.page_context import Key, PageContext, engine_of
from ui.context.remembered import remembered
from words.dates import british
from words.numbers import children

BY_TEAM = named("service", "team", "today", "what_if", "what_if_change")
TREND = named("as_at", "today", "what_if", "what_if_change")


@remembered(32)
def _asked(key: Key, policy: str, rule: str, name: str, value: int | str, scope: ScopeKey, as_at: date) -> WhatIf:
    return what_if.what_if(engine_of(key), policy, rule, name, value, scope_of(scope), as_at)


def show(context: PageContext, rule: Rule) -> None:
    """Choose another value for one of the rule's periods, and see what it would list. Nothing is changed by it."""
    periods = what_if.names(rule)
    if not periods or context.engine.absence(rule, context.as_at):
        return
    # Paper has it once there is an answer.
    with streamlit.container(key="what if"):
        _show(context, rule, periods)


def _show(context: PageContext, rule: Rule, periods: Sequence[str]) -> None:
    write(
        element("h2", "What if?"),
        element(
            "p",
            "Change a limit or a period to see what the figures would be. The rule itself stays as it is.",
            class_="quiet screen-only",
        ),
    )
    with streamlit.container(horizontal=True, vertical_alignment="bottom"):
        name = streamlit.selectbox(
            "Period", periods, format_func=_words, key=f"what if period {rule.policy} {rule.id}", width=260
        )
        value = _value(context, rule, name)
    if value in (None, what_if.usual(rule, name, context.as_at)):
        write(element("p", "This is what holds today. Change it to compare.", class_="quiet"))
        return
    try:
        answer = _asked(context.key, rule.policy, rule.id, name, value, scope_key(context.scope), context.as_at)
    except QuestionError as error:
        write(element("p", str(error), class_="notice", role="alert"))
        return
    _show_answer(context, answer, f"{_words(name)}: {value}")
    _show_draft(context, rule, name, value)


def _words(name: str) -> str:
    return f"limit in {name.replace('_', ' ')}" if name in UNITS else name.replace("_", " ").replace(".", ": ")


def _value(context: PageContext, rule: Rule, name: str) -> int | str | None:
    now, key = what_if.usual(rule, name, context.as_at), f"what if value {rule.policy} {rule.id} {name}"
    if isinstance(now, str):
        return streamlit.text_input("New value", now, key=key, width=160, max_chars=20) or None
    return streamlit.number_input("New value", 0, LONGEST, now, step=1, key=key, width=160, placeholder="not set")


def _show_answer(context: PageContext, answer: WhatIf, changed: str) -> None:
    if answer.absence:
        write(element("p", f"{answer.absence.word.capitalize()}. {answer.absence.why}", class_="notice"))
        return
    trend = answer.trend.assign(what_if_change=answer.trend["what_if"] - answer.trend["today"])
    by_team = answer.by_team.assign(what_if_change=answer.by_team["what_if"] - answer.by_team["today"])
    last = trend.iloc[-1]
    words = f"With {changed}: {children(int(last['what_if']))} on {british(context.as_at)}, in place of {int(last['today']):,}."
    said, title = element("p", element("strong", words)), answer.rule.title
    show_table(by_team, BY_TEAM, f"What if, by team: {title}", "what if by team", before=[said], one="team")
    show_table(trend, TREND, f"What if, over thirteen months: {title}", "what if by month", one="month")


def _show_draft(context: PageContext, rule: Rule, name: str, value: int | str) -> None:
    starts = (context.engine.as_at.replace(day=1) + timedelta(days=32)).replace(day=1)
    if not streamlit.button("Draft the line for settings.toml", key=f"what if draft {rule.policy} {rule.id}"):
        return
    try:
        text = what_if.drafted_line(rule, name, value, starts, context.engine.settings)
    except QuestionError as error:
        write(element("p", str(error), class_="notice", role="alert"))
        return
    there = context.engine.settings.limits.get(rule.policy, {}).get(rule.id)
    place = "in place of the rule's tables there" if there else "at its end"
    said = (
        f"To be agreed: name who agreed it, check the day, and put this into settings.toml, {place}. It holds from {british(starts)}; "
        "earlier reporting dates keep what held then."
    )
    write(element("p", said))
    streamlit.code(text, language="toml")
