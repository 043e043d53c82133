"""What the page about drift is answered, kept in memory under the night, the whole scope and the dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas

from data.store.store import Store
from metrics.answers import reported
from metrics.answers.drift import drift
from metrics.answers.drift.drift import Movements
from metrics.answers.reported import PANEL, FirstReported
from metrics.engine.scope import Scope
from ui.context.cached_answers import ScopeKey, scope_key, scope_of
from ui.context.page_context import Key, PageContext, engine_of
from ui.context.remembered import remembered
from ui.drift.sources import Source, read, sources

FLOW_DATES = 14  # thirteen flows


@dataclass(frozen=True)
class Asked:
    """What the page is about: the two dates, where the first list is from when it is the one reported, and the service or team chosen."""

    first: date
    second: date
    reported: Source | None
    chosen: dict[str, str | None]


def movements(context: PageContext, asked: Asked) -> Movements:
    """The movements of the policy's rules between the two dates. Raises QuestionError where a reported list cannot be read."""
    scope = scope_key(context.within(**asked.chosen))
    return _movements(context.key, context.policy_id, scope, asked.first, asked.second, asked.reported)


@remembered(48)
def _movements(key: Key, policy_id: str, scope: ScopeKey, first: date, second: date, source: Source | None) -> Movements:
    then = read(key, policy_id, source) if source else None
    found = drift.movements(engine_of(key), policy_id, scope_of(scope), first, second, reported=then)
    # The lists of the whole county, unmasked, are not the page's to keep.
    return found.without_reported_rows()


def flows(context: PageContext, chosen: dict[str, str | None]) -> pandas.DataFrame:
    """The flows of the policy's rules over thirteen months up to the reporting date (``drift.flows``)."""
    return _flows(context.key, context.policy_id, scope_key(context.within(**chosen)), context.as_at)


@remembered(96)
def _flows(key: Key, policy_id: str, scope: ScopeKey, as_at: date) -> pandas.DataFrame:
    engine = engine_of(key)
    return drift.flows(engine, policy_id, scope_of(scope), engine.trend_dates(as_at, FLOW_DATES))


def first_reported(context: PageContext, dates: tuple[date, ...], scope: Scope | None = None) -> tuple[FirstReported, ...]:
    """The policy's figures of these dates as they were first reported."""
    known = tuple(source for day, source in sources(context).items() if day in dates)
    return _first_reported(context.key, context.policy_id, scope_key(scope or context.scope), dates, known)


@remembered(48)
def _first_reported(
    key: Key, policy_id: str, scope: ScopeKey, dates: tuple[date, ...], known: tuple[Source, ...]
) -> tuple[FirstReported, ...]:
    panels = {source.as_at: read(key, policy_id, source) for source in known if source.kind == PANEL}
    return reported.first_reported(Store(key[0]), policy_id, scope_of(scope), dates, panels)
