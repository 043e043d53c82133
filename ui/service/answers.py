"""What the trackers of teams and services are answered, kept in memory under the night, the whole scope and the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas

from metrics.answers.service import adopters, adoption, connected_persons, long_term_fostering, proceedings, weekly
from metrics.engine.engine import Engine
from metrics.engine.scope import Scope
from ui.context.cached_answers import ScopeKey, scope_key, scope_of
from ui.context.page_context import Key, PageContext, engine_of
from ui.context.remembered import remembered

ANSWERS: dict[str, Callable[[Engine, str, Scope, date], pandas.DataFrame]] = {
    "weekly headline": lambda engine, policy, scope, day: weekly.tracked(
        engine, policy, scope, "county", engine.trend_dates(day)
    ),
    "weekly teams": lambda engine, policy, scope, day: weekly.tracked(engine, policy, scope, "team", [day]),
    "weekly workers": lambda engine, policy, scope, day: weekly.tracked(engine, policy, scope, "worker", [day]),
    "weekly children": weekly.without_meeting,
    "before decision": adoption.before_decision,
    "journeys": adoption.journeys,
    "medians": adoption.medians,
    "adopters": lambda engine, policy, scope, day: adopters.adopters(engine, day),
    "adopters by stage": lambda engine, policy, scope, day: adopters.by_stage(engine, day),
    "fostering children": long_term_fostering.awaiting,
    "fostering trend": lambda engine, policy, scope, day: long_term_fostering.waiting(
        engine, policy, scope, engine.trend_dates(day)
    ),
    "connected options": connected_persons.open_options,
    "connected stages": lambda engine, policy, scope, day: connected_persons.by_stage(
        engine, policy, scope, engine.trend_dates(day)
    ),
    "connected activity": lambda engine, policy, scope, day: connected_persons.activity(
        engine, policy, scope, engine.trend_dates(day)
    ),
    "pre-proceedings": lambda engine, policy, scope, day: proceedings.court(engine, policy, proceedings.BEFORE, scope, day),
    "proceedings": lambda engine, policy, scope, day: proceedings.court(engine, policy, proceedings.IN_COURT, scope, day),
}


def answer(context: PageContext, question: str, scope: Scope | None = None) -> pandas.DataFrame:
    """The answer to one of the questions above, on the reporting date."""
    return _answer(context.key, context.policy_id, question, scope_key(scope or context.scope), context.as_at)


@remembered(96)
def _answer(key: Key, policy_id: str, question: str, scope: ScopeKey, as_at: date) -> pandas.DataFrame:
    return ANSWERS[question](engine_of(key), policy_id, scope_of(scope), as_at)
