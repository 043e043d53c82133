"""What the last presses of this browser's buttons came to (``ui.editing.writing``): told over the page, and beside the buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import RLock
from time import monotonic

import streamlit

from access.roles import Right
from ui.context import browser

DESK = "desk"
# A second press of the same button within a moment is told beside the first, not in its place.
TOGETHER_SECONDS = 3


@dataclass(frozen=True)
class Told:
    """What came of one press. ``done`` is false for a refusal; ``since`` is a clock's reading, to tell presses apart."""

    sentence: str
    done: bool
    at: datetime
    since: float


@dataclass
class Desk:
    """The presses told, by the place of their buttons; the toasts not yet shown; the work that waits for the writer's name.

    ``lock`` lets one press finish before the next begins, and before a page is drawn that would show the state before it.
    """

    told: dict[str, list[Told]] = field(default_factory=dict)
    toasts: list[str] = field(default_factory=list)  # words of ours only: Streamlit reads them as Markdown
    asking: dict[str, tuple[Right, str, Callable[[], str]]] = field(default_factory=dict)
    called_back: set[str] = field(default_factory=set)  # the buttons whose callback has run, and which have not been drawn since
    lock: RLock = field(default_factory=RLock)

    def tell(self, place: str, sentence: str, done: bool) -> None:
        """Say beside the buttons of a place what came of a press."""
        moment = monotonic()
        before = [
            told for told in self.told.get(place, ()) if moment - told.since < TOGETHER_SECONDS and told.sentence != sentence
        ]
        self.told[place] = [*before, Told(sentence, done, datetime.now(UTC), moment)]


def desk() -> Desk:
    """This browser's desk."""
    return browser.memory().notes.setdefault(DESK, Desk())


def show_toasts() -> None:
    """Say over the page what the presses since it was last drawn came to; first lets a press that is under way finish."""
    at = desk()
    with at.lock:
        waiting = list(at.toasts)
    for sentence in waiting:
        streamlit.toast(sentence)
        at.toasts.remove(sentence)
