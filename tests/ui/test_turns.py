"""Pages are made some at a time; whoever waits for a long one does not wait for ever."""

from __future__ import annotations

import time
from threading import Event, Thread

import pytest

from ui.context import turns


class Page(Thread):
    """A page that is being made until it is let go."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.begun, self.let_go = Event(), Event()
        self.start()

    def run(self) -> None:
        with turns.turn():
            self.begun.set()
            self.let_go.wait(60)

    def end(self) -> None:
        self.let_go.set()
        self.join(60)


@pytest.fixture
def full():
    """As many pages as are made at a time."""
    pages = [Page() for _ in range(turns.PAGES_AT_A_TIME)]
    assert all(page.begun.wait(60) for page in pages)
    yield pages
    for page in pages:
        page.end()


def test_another_page_begins_when_one_has_ended(full, monkeypatch):
    monkeypatch.setattr(turns, "LONGEST_WAIT", 60)
    another = Page()
    assert not another.begun.wait(0.2)
    full[0].end()
    assert another.begun.wait(60)
    another.end()


def test_nobody_waits_for_long_pages_and_they_leave_as_many_turns_behind(full, monkeypatch):
    started = time.monotonic()
    another = Page()
    assert another.begun.wait(60) and time.monotonic() - started >= turns.LONGEST_WAIT
    for page in (*full, another):
        page.end()
    monkeypatch.setattr(turns, "LONGEST_WAIT", 60)
    again = [Page() for _ in full]
    assert all(page.begun.wait(60) for page in again)
    another = Page()
    assert not another.begun.wait(0.2), "the page that did not wait has given no turn back"
    for page in (*again, another):
        page.end()


def test_a_page_that_fails_gives_its_turn_back(monkeypatch):
    monkeypatch.setattr(turns, "LONGEST_WAIT", 60)
    for _ in range(turns.PAGES_AT_A_TIME + 1):
        with pytest.raises(ValueError, match="broken"), turns.turn():
            raise ValueError("broken")
