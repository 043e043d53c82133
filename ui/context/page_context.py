"""What this rerun is about: the night, the engine over it, the reporting date, the policy, and what may be seen.

It is settled once, before the page runs, so that one rerun shows one night only.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import streamlit
from streamlit.runtime.pages_manager import PagesManager

from access.person import Person
from data.errors import TrackerError
from data.filling import words_on_filling
from data.settings import FILE_NAME
from data.store.store import Night, Store
from metrics.engine.engine import Engine
from metrics.engine.policy import Policy
from metrics.engine.scope import Scope
from words.labels import AREAS, Area, Part

STORE = "TRACKER_STORE"
CONTEXT = "now"

# A night, as the key of every answer kept in memory: store, night, the stamp of the settings and of the council's own files, and the
# restrictions in force.
Key = tuple[str, str, int, int, str]


class NothingToShow(TrackerError):
    """The store has no night yet; the message is the store's place."""


@dataclass(frozen=True)
class PageContext:
    """``as_at`` is the reporting date; ``problems`` are the store's, in sentences; ``key`` names the night in the caches.

    ``linked_policy``: the policy as a link from this page to itself carries it: None where it goes without saying. ``of_every_policy``:
    the page shows the rules of all policies in use. ``of_published``: it shows only what was published. ``person``: who reads; ``scope``:
    what they may see of this night. ``chosen_day``: the reporting date that the reader has chosen, where the page is of the night's own
    day whatever that is. ``once``: what this rerun has read, and need not read again.
    """

    key: Key
    engine: Engine
    as_at: date
    policy_id: str
    person: Person
    scope: Scope
    problems: tuple[str, ...]
    linked_policy: str | None = None
    of_every_policy: bool = False
    of_published: bool = False
    chosen_day: date | None = None
    once: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def policies_in_words(self) -> str:
        """Whose rules the page follows."""
        return "all policies in use" if self.of_every_policy else f"policy: {self.policy.name}"

    @property
    def night(self) -> Night:
        return self.engine.night

    @property
    def policy(self) -> Policy:
        return self.engine.policies[self.policy_id]

    @property
    def area(self) -> Area:
        """What all that the reader may see is called: the whole council, or the reader's part of it."""
        reach = self.scope.reach
        return AREAS[self.engine.settings.area] if reach is None else Part(reach.words)

    @property
    def linked_day(self) -> date | None:
        """The reporting date as an address carries it: left out when it is the night's own."""
        day = self.chosen_day or self.as_at
        return None if day == self.engine.as_at else day

    @property
    def on_the_night(self) -> PageContext:
        """The same, on the night's own day."""
        return replace(self, as_at=self.engine.as_at)

    def within(self, service: str | None = None, team: str | None = None, worker: str | None = None) -> Scope:
        """What may be seen, narrowed to a service, team or worker."""
        return self.scope.narrowed(service, team, worker)


def store() -> Store:
    """The store that TRACKER_STORE names; ./store when it names none."""
    return Store(os.environ.get(STORE) or "store")


def _stamp(folder: Path) -> tuple[int, int]:
    """When the council's own settings, policies and measures last changed, and how long they are together."""
    files = [folder / FILE_NAME, *folder.glob("policies/*.toml"), *folder.glob("measures/*.sql")]
    found = [path.stat() for path in files if path.exists()]
    return max((status.st_mtime_ns for status in found), default=0), sum(status.st_size for status in found)


@streamlit.cache_resource(max_entries=3, show_spinner=False)
def engine_of(key: Key) -> Engine:
    """The one engine over a night and its settings, shared by all. Old ones fall out of use; none is closed under a reader."""
    place = Store(key[0])
    night = next((night for night in place.nights() if night.name == key[1]), None)
    if night is None:
        raise NothingToShow(key[0])
    return Engine(night, place.settings)


def open_night() -> tuple[Key, Engine, tuple[str, ...]]:
    """The night to show now. Raises NothingToShow before the first, and the store's and the settings' own errors."""
    place = store()
    look = place.look()
    night, problems = look.night, (*words_on_filling(place.path, datetime.now(UTC)), *look.problems)
    if night is None:
        raise NothingToShow(" ".join((str(place.path), *problems)))
    key = (str(place.path), night.name, *_stamp(place.path), look.restrictions.mark)
    engine = engine_of(key)
    # What is wrong with one rule stands where the rule is shown; what costs a whole policy stands nowhere else.
    of_rules = {rule.problem for policy in engine.policies.values() for rule in policy.rules}
    return key, engine, (*problems, *(problem for problem in engine.problems if problem not in of_rules))


@contextmanager
def set_page_context(context: PageContext) -> Iterator[None]:
    """Settle what this rerun is about, for as long as the page runs."""
    streamlit.session_state[CONTEXT] = context
    try:
        yield
    finally:
        streamlit.session_state.pop(CONTEXT, None)


def page_context() -> PageContext:
    """What this rerun is about.

    A fresh process whose first visitor comes to a page by its address runs that page's file without ``app.py``, because
    there is a folder named pages. Then nothing is settled: Streamlit is told that ``app.py`` leads, and begins again.
    """
    if CONTEXT not in streamlit.session_state:
        PagesManager.uses_pages_directory = False
        streamlit.rerun()
    return streamlit.session_state[CONTEXT]
