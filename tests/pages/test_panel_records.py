"""Pages stand without the panels' records, whenever these cannot be read, and read them once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from casework.freezing import around
from casework.records.errors import CaseworkError
from casework.storage.database import Casework
from data.store.store import Store
from metrics.engine.engine import Engine
from tests.pages.council import discussed_child, shown
from tests.pages.screen import Screen
from ui.context import panel_records

# The pages that stand without the records, with what stands below the place where they are asked for.
STANDING = {
    "countywide": "Thirteen months",
    "team": "Coming next",
    "changes": "What changed",
    "calendar": "For your own calendar",
    "drift": "Movements",
    "child": "Timeline",
}
SENTENCE = "The panels' records cannot be read now. The database is out of reach."


@pytest.fixture
def engine(borough: Store, monkeypatch: pytest.MonkeyPatch) -> Engine:
    return shown(borough, monkeypatch)


@pytest.fixture
def out_of_reach(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The records were opened, and cannot be read any more. Gives how often they were asked."""
    asked: list[str] = []

    @contextmanager
    def reading(self: Casework) -> Iterator[None]:
        asked.append(self.words)
        raise CaseworkError("The database is out of reach.")
        yield

    monkeypatch.setattr(Casework, "reading", reading)
    panel_records._unread.clear()
    yield asked
    panel_records._unread.clear()


@pytest.mark.parametrize("page", STANDING)
def test_a_page_stands_when_the_records_cannot_be_read(engine: Engine, out_of_reach: list[str], page: str):
    screen = Screen(page, **({"child": discussed_child(engine)} if page == "child" else {}))
    assert not screen.broken and STANDING[page] in screen.text
    assert screen.text.count(SENTENCE) == 1
    assert len(out_of_reach) == 1, "nobody waits for the same database twice"


def test_the_panels_are_read_once_in_a_rerun_and_the_frozen_lists_once_for_all(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    panels, lists = [], []
    read_panels, read_lists = panel_records.panels, around.frozen_lists
    monkeypatch.setattr(panel_records, "panels", lambda casework: panels.append(1) or read_panels(casework))
    monkeypatch.setattr(around, "frozen_lists", lambda casework, panel_id: lists.append(1) or read_lists(casework, panel_id))
    screen = Screen("countywide")
    before = (len(panels), len(lists))
    screen.app.run()
    assert (len(panels) - before[0], len(lists) - before[1]) == (1, 0)
    panels.clear()
    screen = Screen("panel", child=discussed_child(engine))
    panels.clear()
    screen.app.run()
    assert len(panels) == 1 and not screen.broken
