"""The Action Planning Tracker's answers, kept in memory as ``ui.asking`` keeps the others: by night, whole scope and date."""

from __future__ import annotations

from datetime import date

import pandas
import streamlit

from metrics import action_planning
from metrics.scope import Scope
from ui.asking import Plain, plain, scope_of
from ui.now import Key, Now, engine_of


def tracker(now: Now, scope: Scope) -> pandas.DataFrame:
    """A row a child in care in the scope on the reporting date."""
    return _tracker(now.key, plain(scope), now.as_at)


@streamlit.cache_data(max_entries=24, show_spinner=False)
def _tracker(key: Key, scope: Plain, as_at: date) -> pandas.DataFrame:
    return action_planning.tracker(engine_of(key), scope_of(scope), as_at)


def counts(now: Now, scope: Scope) -> pandas.DataFrame:
    """How often each question is answered yes, no and not supplied."""
    return _counts(now.key, plain(scope), now.as_at)


@streamlit.cache_data(max_entries=100, show_spinner=False)
def _counts(key: Key, scope: Plain, as_at: date) -> pandas.DataFrame:
    return action_planning.counts(engine_of(key), scope_of(scope), as_at)


def one_child(now: Now, child_id: str) -> dict | None:
    """The row of one child; None when not in care on the day. Asked anew every time, so that it lies in no shared memory."""
    rows = action_planning.tracker(now.engine, now.scope, now.as_at, child_id).to_dict("records")
    return rows[0] if rows else None


def options(now: Now, child_id: str) -> pandas.DataFrame:
    """The options explored for one child."""
    return action_planning.options(now.engine, child_id, now.scope, now.as_at)


def legal_track(now: Now, child_id: str) -> pandas.DataFrame:
    """One child's legal planning meetings, pre-proceedings and proceedings."""
    return action_planning.legal_track(now.engine, child_id, now.scope, now.as_at)
