"""The engine's answers, kept in memory. What decides an answer is in its key: night, settings, policy, scope, dates.

The keys hold the whole scope, so that nobody is given an answer made for somebody who may see more.
"""

from __future__ import annotations

from datetime import date

import pandas
import streamlit

from metrics import child as one_child
from metrics import headlines as headline
from metrics import load_quality
from metrics.scope import Scope
from ui.now import Key, Now, engine_of

# A scope as a key: services, teams, workers, roles (each sorted; None for all of them).
Plain = tuple[tuple[str, ...] | None, ...]


def plain(scope: Scope) -> Plain:
    parts = (scope.services, scope.teams, scope.workers, scope.roles)
    return tuple(None if part is None else tuple(sorted(part)) for part in parts)


def scope_of(plain: Plain) -> Scope:
    services, teams, workers, roles = plain
    return Scope(services, teams, workers, None if roles is None else frozenset(roles))


def headlines(now: Now, scope: Scope | None = None, level: str | None = None) -> tuple[headline.Headline, ...]:
    """The policy's figures (of one level, or all) on the reporting date, with the month ends before it."""
    every = _headlines(now.key, now.policy_id, plain(scope or now.scope), now.as_at)
    return tuple(headline for headline in every if level in (None, headline.rule.level))


@streamlit.cache_data(max_entries=200, show_spinner=False)
def _headlines(key: Key, policy_id: str, scope: Plain, as_at: date) -> tuple[headline.Headline, ...]:
    return headline.headlines(engine_of(key), policy_id, scope_of(scope), as_at)


def figures(now: Now, by: str, scope: Scope | None = None) -> pandas.DataFrame:
    """The figures on the reporting date by service, team or worker (``Engine.figures``)."""
    return _figures(now.key, now.policy_id, plain(scope or now.scope), by, now.as_at)


@streamlit.cache_data(max_entries=200, show_spinner=False)
def _figures(key: Key, policy_id: str, scope: Plain, by: str, as_at: date) -> pandas.DataFrame:
    return engine_of(key).figures(policy_id, scope_of(scope), by, [as_at])


def children(now: Now, rules: tuple[str, ...] | None = None, scope: Scope | None = None) -> pandas.DataFrame:
    """The children on the rules' lists (all rules' unless given) on the reporting date (``Engine.children``)."""
    asked = tuple(rule.id for rule in now.policy.rules) if rules is None else rules
    return _children(now.key, now.policy_id, asked, plain(scope or now.scope), now.as_at)


@streamlit.cache_data(max_entries=48, show_spinner=False)
def _children(key: Key, policy_id: str, rules: tuple[str, ...], scope: Plain, as_at: date) -> pandas.DataFrame:
    return engine_of(key).children(policy_id, rules, scope_of(scope), as_at)


def coming_next(now: Now, scope: Scope | None = None) -> pandas.DataFrame:
    """The children who reach a limit within 90 days of the reporting date if nothing changes (``Engine.coming_next``)."""
    return _coming_next(now.key, now.policy_id, plain(scope or now.scope), now.as_at)


@streamlit.cache_data(max_entries=48, show_spinner=False)
def _coming_next(key: Key, policy_id: str, scope: Plain, as_at: date) -> pandas.DataFrame:
    return engine_of(key).coming_next(policy_id, scope_of(scope), as_at)


def groups(now: Now) -> pandas.DataFrame:
    """The services and teams that have children in care on the reporting date."""
    return _groups(now.key, now.as_at)


@streamlit.cache_data(max_entries=50, show_spinner=False)
def _groups(key: Key, as_at: date) -> pandas.DataFrame:
    return engine_of(key).groups(as_at)


def find(now: Now, identifier: str) -> list[str]:
    """The children with an identifier. Asked anew every time."""
    return one_child.find_child(now.engine, identifier, now.scope)


def child(now: Now, child_id: str) -> one_child.ChildAnswer:
    """One child on the reporting date. Asked anew every time, so that no child's record lies in a shared memory."""
    return one_child.child(now.engine, child_id, now.scope, now.as_at)


def nights_shown(now: Now, child_id: str) -> pandas.DataFrame:
    """What the nights up to the reporting date showed of one child's plan."""
    return one_child.nights_shown(now.engine, child_id, now.scope, now.as_at)


def evidence(now: Now, child_id: str, policy_id: str, rule_id: str) -> pandas.DataFrame:
    """The rows of the extract behind a child's place on a list."""
    return one_child.evidence(now.engine, child_id, policy_id, rule_id, now.scope, now.as_at)


def load_report(now: Now) -> pandas.DataFrame:
    """What the load read, file by file."""
    return _load_report(now.key)


@streamlit.cache_data(max_entries=3, show_spinner=False)
def _load_report(key: Key) -> pandas.DataFrame:
    return load_quality.load_report(engine_of(key))


def moved(now: Now) -> tuple[pandas.DataFrame, pandas.DataFrame]:
    """What moved since the last night: the tables, and the figures that moved as they never had."""
    return _moved(now.key)


@streamlit.cache_data(max_entries=3, show_spinner=False)
def _moved(key: Key) -> tuple[pandas.DataFrame, pandas.DataFrame]:
    return load_quality.moved(engine_of(key))


def rejects(now: Now, scope: Scope | None = None) -> pandas.DataFrame:
    """The rows that no figure uses."""
    return _found(now.key, "rejects", plain(scope or now.scope))


def flags(now: Now, scope: Scope | None = None) -> pandas.DataFrame:
    """The rows that are used and look wrong."""
    return _found(now.key, "flags", plain(scope or now.scope))


@streamlit.cache_data(max_entries=12, show_spinner=False)
def _found(key: Key, what: str, scope: Plain) -> pandas.DataFrame:
    ask = {"rejects": load_quality.rejects, "flags": load_quality.flags}[what]
    return ask(engine_of(key), scope_of(scope))
