"""Journeys to permanence, kept in memory under the night, the route, the step, the whole scope and the day."""

from __future__ import annotations

from datetime import date

import pandas

from metrics.answers import journeys as asked
from metrics.answers.journeys import RouteAnswer
from metrics.engine.scope import Scope
from ui.context.cached_answers import ScopeKey, scope_key, scope_of
from ui.context.page_context import Key, PageContext, engine_of
from ui.context.remembered import remembered


def answer(context: PageContext, route: str, scope: Scope) -> RouteAnswer:
    """A route's answer on the reporting date."""
    return _answer(context.key, route, scope_key(scope), context.as_at)


@remembered(48)
def _answer(key: Key, route: str, scope: ScopeKey, as_at: date) -> RouteAnswer:
    return asked.journeys(engine_of(key), route, scope_of(scope), as_at)


def longest(context: PageContext, route: str, step: str, scope: Scope, year: str) -> pandas.DataFrame:
    """The children who took longest over a step, or have waited longest, on the reporting date."""
    return _longest(context.key, route, step, scope_key(scope), context.as_at, year)


@remembered(48)
def _longest(key: Key, route: str, step: str, scope: ScopeKey, as_at: date, year: str) -> pandas.DataFrame:
    return asked.longest(engine_of(key), route, step, scope_of(scope), as_at, year)
