"""The panel's records for the pages: opened, and who may see what. Rows are read again on every rerun."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TypeVar

import streamlit

from access.roles import Right
from casework.changes.restricted import hidden_children
from casework.panels import panels
from casework.records.actor import Actor
from casework.records.records import Action, AgendaItem, Commentary, Discussion, Draft, Note, Panel, Publication, Theme
from casework.storage.database import Casework, has_records
from casework.storage.opening import open_casework
from data.errors import TrackerError
from data.store.store import Store
from ui.context.page_context import Key, PageContext
from ui.context.readers import reader

ASK_AGAIN_SECONDS = 20
# What each right lets a person write.
WRITES: dict[Right, tuple[type, ...]] = {
    Right.WRITE_NOTES: (Note,),
    Right.WRITE_ACTIONS: (Action,),
    Right.WRITE_DISCUSSIONS: (Discussion, Action),
    Right.RUN_PANELS: (AgendaItem, Panel, Theme),
    Right.SEE_DRAFTS: (Commentary, Draft, Publication),
}
PANELS = "panels"
Answer = TypeVar("Answer")


@streamlit.cache_resource(max_entries=3, show_spinner=False)
def _opened(place: str, changed: int, size: int) -> Casework:
    return open_casework(Store(place).settings, Path(place))


@streamlit.cache_resource(show_spinner=False)
def _refusals() -> dict[Key, tuple[float, TrackerError]]:
    """When the records could not be opened, and why: nobody waits for a database that was out of reach a moment ago."""
    return {}


@streamlit.cache_resource(show_spinner=False)
def _unread() -> dict[Key, tuple[float, TrackerError]]:
    """As ``_refusals``, of records that a page can stand without."""
    return {}


def records_of(key: Key) -> Casework:
    """The panel's records of a store. Raises CaseworkError when they cannot be reached."""
    moment, refusal = _refusals().get(key, (0.0, None))
    if refusal and monotonic() - moment < ASK_AGAIN_SECONDS:
        raise refusal
    try:
        return _opened(key[0], *key[2:4])
    except TrackerError as error:
        _refusals()[key] = (monotonic(), error)
        raise


def records_if_any(key: Key) -> Casework | None:
    """As ``records_of``; None, and nothing is made, where no panel has kept records in the store yet."""
    return records_of(key) if has_records(Store(key[0]).settings, Path(key[0])) else None


def answer(key: Key, ask: Callable[[Casework | None], Answer]) -> Answer:
    """What the records answer (of None: there are none yet). Raises TrackerError when they cannot be opened or read, and for a while after
    that without asking again."""
    moment, refusal = _unread().get(key, (0.0, None))
    if refusal and monotonic() - moment < ASK_AGAIN_SECONDS:
        raise refusal
    try:
        return ask(records_if_any(key))
    except TrackerError as error:
        _unread()[key] = (monotonic(), error)
        raise


def records(context: PageContext) -> Casework:
    """The panel's records of the store that is shown, for the reader: what they may write, and about whom, is looked at when they do."""
    person = reader()
    kinds = frozenset(kind for right, some in WRITES.items() if person.may(right) for kind in some)
    acting = Actor(person.recorded_as if person.signed_in else "", kinds, context.engine, context.engine.settled(person.scope))
    return replace(records_of(context.key), actor=acting)


def every_panel(context: PageContext) -> tuple[Panel, ...]:
    """The panels of every policy, newest first; read once in a rerun."""
    if PANELS not in context.once:
        context.once[PANELS] = panels(records(context))
    return context.once[PANELS]


def hidden(context: PageContext) -> frozenset[str]:
    """The children whose records this reader may not see; asked once in a rerun."""
    key = f"hidden on {context.as_at}"
    if key not in context.once:
        context.once[key] = hidden_children(records(context), context.engine, context.scope, context.as_at)
    return context.once[key]
