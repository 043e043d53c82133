"""The Action Planning Tracker's answers, kept in memory as the others are: by night, whole scope and date."""

from __future__ import annotations

from datetime import date

import pandas

from metrics.answers.action_planning import action_planning
from metrics.engine.plain import boxed_rows
from metrics.engine.scope import Scope
from ui.context.cached_answers import ScopeKey, scope_key, scope_of
from ui.context.page_context import Key, PageContext, engine_of
from ui.context.remembered import remembered


def tracker(context: PageContext, scope: Scope) -> pandas.DataFrame:
    """A row a child in care in the scope on the reporting date."""
    return _tracker(context.key, context.policy_id, scope_key(scope), context.as_at)


@remembered(24)
def _tracker(key: Key, policy_id: str, scope: ScopeKey, as_at: date) -> pandas.DataFrame:
    return action_planning.tracker(engine_of(key), policy_id, scope_of(scope), as_at)


def counts(context: PageContext, scope: Scope) -> pandas.DataFrame:
    """How often each question is answered yes, no and not supplied."""
    return _counts(context.key, context.policy_id, scope_key(scope), context.as_at)


@remembered(100)
def _counts(key: Key, policy_id: str, scope: ScopeKey, as_at: date) -> pandas.DataFrame:
    return action_planning.counts(engine_of(key), policy_id, scope_of(scope), as_at)


def one_child(context: PageContext, child_id: str) -> dict | None:
    """The row of one child; None when not in care on the day."""
    rows = boxed_rows(_one_child(context.key, context.policy_id, child_id, scope_key(context.scope), context.as_at))
    return rows[0] if rows else None


@remembered(100)
def _one_child(key: Key, policy_id: str, child_id: str, scope: ScopeKey, as_at: date) -> pandas.DataFrame:
    return action_planning.tracker(engine_of(key), policy_id, scope_of(scope), as_at, child_id)


def options(context: PageContext, child_id: str) -> pandas.DataFrame:
    """The options explored for one child."""
    return _options(context.key, context.policy_id, child_id, scope_key(context.scope), context.as_at)


@remembered(100)
def _options(key: Key, policy_id: str, child_id: str, scope: ScopeKey, as_at: date) -> pandas.DataFrame:
    return action_planning.options(engine_of(key), policy_id, child_id, scope_of(scope), as_at)


def legal_track(context: PageContext, child_id: str) -> pandas.DataFrame:
    """One child's legal planning meetings, pre-proceedings and proceedings."""
    return _legal_track(context.key, context.policy_id, child_id, scope_key(context.scope), context.as_at)


@remembered(100)
def _legal_track(key: Key, policy_id: str, child_id: str, scope: ScopeKey, as_at: date) -> pandas.DataFrame:
    return action_planning.legal_track(engine_of(key), policy_id, child_id, scope_of(scope), as_at)
