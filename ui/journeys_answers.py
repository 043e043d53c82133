"""Journeys to permanence, kept in memory under the night, the route, the step, the whole scope and the day."""

from __future__ import annotations

from datetime import date

import pandas
import streamlit

from metrics import journeys as asked
from metrics.journeys import RouteAnswer
from metrics.scope import Scope
from ui.asking import Plain, plain, scope_of
from ui.now import Key, Now, engine_of


def answer(now: Now, route: str, scope: Scope) -> RouteAnswer:
    """A route's answer on the reporting date."""
    return _answer(now.key, route, plain(scope), now.as_at)


@streamlit.cache_data(max_entries=48, show_spinner=False)
def _answer(key: Key, route: str, scope: Plain, as_at: date) -> RouteAnswer:
    return asked.journeys(engine_of(key), route, scope_of(scope), as_at)


def longest(now: Now, route: str, step: str, scope: Scope, year: str) -> pandas.DataFrame:
    """The children who took longest over a step, or have waited longest, on the reporting date."""
    return _longest(now.key, route, step, plain(scope), now.as_at, year)


@streamlit.cache_data(max_entries=48, show_spinner=False)
def _longest(key: Key, route: str, step: str, scope: Plain, as_at: date, year: str) -> pandas.DataFrame:
    return asked.longest(engine_of(key), route, step, scope_of(scope), as_at, year)
