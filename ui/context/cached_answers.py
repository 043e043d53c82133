"""The engine's answers, kept in memory. What decides an answer is in its key: night, settings, policy, scope, dates.

The keys hold the whole scope, so that nobody is given an answer made for somebody who may see more. Figures are not kept here: the engine
has their counts in memory, and works them out of these in less time than it takes to find a copy.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple
from datetime import date

import pandas

from metrics.answers import headlines as headline
from metrics.answers.child import child as one_child
from metrics.answers.data_quality import load_quality, rules_that_wait
from metrics.answers.data_quality import sources as data_sources
from metrics.answers.data_quality.rules_that_wait import RuleCoverage
from metrics.engine.rows import FigureRow
from metrics.engine.scope import Names, PanelArea, Reach, Scope
from ui.context import access_record
from ui.context.page_context import Key, PageContext, engine_of
from ui.context.remembered import remembered

# A scope as a key: services, teams, workers, roles (each sorted; None for all of them), the person's reach, how children are named, and
# the area.
ScopeKey = tuple


def scope_key(scope: Scope) -> ScopeKey:
    parts = (scope.services, scope.teams, scope.workers, scope.roles)
    reach = None if scope.reach is None else astuple(scope.reach)
    return (
        *(None if part is None else tuple(sorted(part)) for part in parts),
        reach,
        scope.names.value,
        scope.panel_area and astuple(scope.panel_area),
    )


def scope_of(plain: ScopeKey) -> Scope:
    services, teams, workers, roles, reach, names, area = plain
    within = None if reach is None else Reach(*reach)
    return Scope(
        services, teams, workers, None if roles is None else frozenset(roles), within, Names(names), area and PanelArea(*area)
    )


def headlines(context: PageContext, scope: Scope | None = None, level: str | None = None) -> tuple[headline.Headline, ...]:
    """The policy's figures (of one level, or all) on the reporting date, with the month ends before it."""
    every = headline.headlines(context.engine, context.policy_id, scope or context.scope, context.as_at)
    return tuple(headline for headline in every if level in (None, headline.rule.level))


def figures(context: PageContext, by: str, scope: Scope | None = None) -> list[FigureRow]:
    """The figures on the reporting date by one of ``GROUPS`` (``Engine.figure_rows``)."""
    return context.engine.figure_rows(context.policy_id, scope or context.scope, by, (context.as_at,))


def children(
    context: PageContext, rules: tuple[str, ...] | None = None, scope: Scope | None = None, apart: bool = False
) -> pandas.DataFrame:
    """The children on the rules' lists (all rules' unless given) on the reporting date (``Engine.children``)."""
    asked = tuple(rule.id for rule in context.policy.rules) if rules is None else rules
    return _children(context.key, context.policy_id, asked, scope_key(scope or context.scope), context.as_at, apart)


@remembered(48)
def _children(
    key: Key, policy_id: str, rules: tuple[str, ...], scope: ScopeKey, as_at: date, apart: bool = False
) -> pandas.DataFrame:
    return engine_of(key).children(policy_id, rules, scope_of(scope), as_at, apart=apart)


def listed_and_coming(context: PageContext, scope: Scope | None = None) -> tuple[pandas.DataFrame, pandas.DataFrame]:
    """Both for a page that shows all of a policy's lists: ``children``, and ``coming_next``."""
    return _listed_and_coming(context.key, context.policy_id, scope_key(scope or context.scope), context.as_at)


@remembered(200)
def _listed_and_coming(key: Key, policy_id: str, scope: ScopeKey, as_at: date) -> tuple[pandas.DataFrame, pandas.DataFrame]:
    return engine_of(key).listed_and_coming(policy_id, scope_of(scope), as_at)


def coming_next(context: PageContext, scope: Scope | None = None) -> pandas.DataFrame:
    """The children who reach a limit within 90 days of the reporting date if nothing changes (``Engine.coming_next``)."""
    return _coming_next(context.key, context.policy_id, scope_key(scope or context.scope), context.as_at)


@remembered(48)
def _coming_next(key: Key, policy_id: str, scope: ScopeKey, as_at: date) -> pandas.DataFrame:
    return engine_of(key).coming_next(policy_id, scope_of(scope), as_at)


def workers(context: PageContext, scope: Scope | None = None) -> tuple[str, ...]:
    """The workers who have a child in care or on a list on the reporting date (``Engine.workers``)."""
    return context.engine.workers(context.policy_id, scope or context.scope, context.as_at)


def groups(context: PageContext) -> pandas.DataFrame:
    """The services and teams that have children in care on the reporting date."""
    return context.engine.groups(context.scope, context.as_at)


def find(context: PageContext, identifier: str) -> list[str]:
    """The children with an identifier. Asked again every time."""
    return one_child.find_child(context.engine, identifier, context.scope)


def child(context: PageContext, child_id: str) -> one_child.ChildAnswer:
    """One child on the reporting date, once the record of access has it. Raises AccessRecordError."""
    access_record.before_children([child_id])
    return _child(context.key, child_id, scope_key(context.scope), context.as_at)


@remembered(100)
def _child(key: Key, child_id: str, scope: ScopeKey, as_at: date) -> one_child.ChildAnswer:
    return one_child.child(engine_of(key), child_id, scope_of(scope), as_at)


def nights_shown(context: PageContext, child_id: str) -> pandas.DataFrame:
    """What the nights up to the reporting date showed of one child's plan."""
    return _nights_shown(context.key, child_id, scope_key(context.scope), context.as_at)


@remembered(100)
def _nights_shown(key: Key, child_id: str, scope: ScopeKey, as_at: date) -> pandas.DataFrame:
    return one_child.nights_shown(engine_of(key), child_id, scope_of(scope), as_at)


def evidence(context: PageContext, child_id: str, rules: Iterable[tuple[str, str]]) -> dict[tuple[str, str], pandas.DataFrame]:
    """The rows of the extract behind a child's place on lists, each by its policy and rule."""
    return _evidence(context.key, child_id, tuple(rules), scope_key(context.scope), context.as_at)


@remembered(100)
def _evidence(
    key: Key, child_id: str, rules: tuple[tuple[str, str], ...], scope: ScopeKey, as_at: date
) -> dict[tuple[str, str], pandas.DataFrame]:
    return one_child.evidence_of_rules(engine_of(key), child_id, rules, scope_of(scope), as_at)


def load_report(context: PageContext) -> pandas.DataFrame:
    """What the load read, file by file."""
    return _load_report(context.key)


@remembered(3)
def _load_report(key: Key) -> pandas.DataFrame:
    return load_quality.load_report(engine_of(key))


def rule_coverage(context: PageContext) -> RuleCoverage:
    """Which rules in use have a figure, and for what the others wait."""
    return _rule_coverage(context.key)


@remembered(3)
def _rule_coverage(key: Key) -> RuleCoverage:
    return rules_that_wait.rule_coverage(engine_of(key))


def sources(context: PageContext) -> pandas.DataFrame:
    """Every extract of the contract: where it came from, and which rules need it."""
    return _sources(context.key)


@remembered(3)
def _sources(key: Key) -> pandas.DataFrame:
    return data_sources.sources(engine_of(key))


def moved(context: PageContext) -> tuple[pandas.DataFrame, pandas.DataFrame]:
    """What changed since the last data load: the tables, and the figures that moved as they never had."""
    return _moved(context.key)


@remembered(3)
def _moved(key: Key) -> tuple[pandas.DataFrame, pandas.DataFrame]:
    return load_quality.moved(engine_of(key))


def rejects(context: PageContext, scope: Scope | None = None) -> pandas.DataFrame:
    """The rows that no figure uses."""
    return _found(context.key, "rejects", scope_key(scope or context.scope))


def flags(context: PageContext, scope: Scope | None = None) -> pandas.DataFrame:
    """The rows that are used and look wrong."""
    return _found(context.key, "flags", scope_key(scope or context.scope))


@remembered(12)
def _found(key: Key, what: str, scope: ScopeKey) -> pandas.DataFrame:
    ask = {"rejects": load_quality.rejects, "flags": load_quality.flags}[what]
    return ask(engine_of(key), scope_of(scope))
