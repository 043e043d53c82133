"""Journeys to permanence, kept in memory under the night, the route, the whole scope and the day."""

from __future__ import annotations

from datetime import date

import streamlit

from metrics.journeys import RouteAnswer, journeys
from metrics.scope import Scope
from ui.asking import Plain, plain, scope_of
from ui.now import Key, Now, engine_of


def answer(now: Now, route: str, scope: Scope) -> RouteAnswer:
    """A route's answer on the reporting date."""
    return _answer(now.key, route, plain(scope), now.as_at)


@streamlit.cache_data(max_entries=48, show_spinner=False)
def _answer(key: Key, route: str, scope: Plain, as_at: date) -> RouteAnswer:
    return journeys(engine_of(key), route, scope_of(scope), as_at)
