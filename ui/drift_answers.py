"""What the page about drift is answered, kept in memory under the night, the whole scope and the dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas
import streamlit

from data.store import Store
from metrics import drift, reported
from metrics.drift import Movements
from metrics.reported import FirstReported, Reported
from metrics.scope import Scope
from ui.asking import Plain, plain, scope_of
from ui.now import Key, Now, engine_of

FLOW_DATES = 14  # thirteen flows


@dataclass(frozen=True)
class Asked:
    """What the page is about: the two dates, whether the first list is the one reported, and the service or team chosen."""

    first: date
    second: date
    as_reported: bool
    chosen: dict[str, str | None]


def reported_dates(now: Now) -> tuple[date, ...]:
    """The dates whose lists can be shown as they were reported: those of the nights that the store keeps, oldest first."""
    return tuple(day for day in reported.reported_nights(Store(now.key[0])) if day <= now.as_at)


def _reported(key: Key, policy_id: str, day: date) -> Reported:
    return reported.reported_from_night(reported.reported_nights(Store(key[0]))[day], policy_id)


def movements(now: Now, asked: Asked) -> Movements:
    """The movements of the policy's rules between the two dates. Raises QuestionError where a reported list cannot be read."""
    scope = plain(now.within(**asked.chosen))
    return _movements(now.key, now.policy_id, scope, asked.first, asked.second, _publication(now, asked))


def _publication(now: Now, asked: Asked) -> str | None:
    """The night whose lists stand for the first date, by name: part of the key, since another may be kept tomorrow."""
    if not asked.as_reported:
        return None
    return reported.reported_nights(Store(now.key[0]))[asked.first].name


@streamlit.cache_data(max_entries=48, show_spinner=False)
def _movements(key: Key, policy_id: str, scope: Plain, first: date, second: date, publication: str | None) -> Movements:
    then = _reported(key, policy_id, first) if publication else None
    found = drift.movements(engine_of(key), policy_id, scope_of(scope), first, second, reported=then)
    # The lists of the whole county, unmasked, are not the page's to keep.
    return found.without_reported_rows()


def flows(now: Now, chosen: dict[str, str | None]) -> pandas.DataFrame:
    """The flows of the policy's rules over thirteen months up to the reporting date (``drift.flows``)."""
    return _flows(now.key, now.policy_id, plain(now.within(**chosen)), now.as_at)


@streamlit.cache_data(max_entries=96, show_spinner=False)
def _flows(key: Key, policy_id: str, scope: Plain, as_at: date) -> pandas.DataFrame:
    engine = engine_of(key)
    return drift.flows(engine, policy_id, scope_of(scope), engine.trend_dates(as_at, FLOW_DATES))


def first_reported(now: Now, dates: tuple[date, ...], scope: Scope | None = None) -> tuple[FirstReported, ...]:
    """The policy's figures of these dates as they were first reported."""
    nights = reported.reported_nights(Store(now.key[0]))
    publications = tuple(nights[day].name for day in dates if day in nights)
    return _first_reported(now.key, now.policy_id, plain(scope or now.scope), dates, publications)


@streamlit.cache_data(max_entries=48, show_spinner=False)
def _first_reported(
    key: Key, policy_id: str, scope: Plain, dates: tuple[date, ...], publications: tuple[str, ...]
) -> tuple[FirstReported, ...]:
    return reported.first_reported(Store(key[0]), policy_id, scope_of(scope), dates)
