"""Memory is tidied between pages, not after each of them."""

from __future__ import annotations

import subprocess
import sys
import time
import tomllib
import weakref
from pathlib import Path
from threading import Event, Thread

import pytest

from ui.context import memory

ROOT = Path(__file__).parent.parent.parent
WHOLE_COLLECTIONS_OF_TWENTY_PAGES = """
import gc
from ui.context import memory

with memory.page():
    pass
collected = []
gc.callbacks.append(lambda phase, info: collected.append(info["generation"]) if phase == "start" else None)
for _ in range(20):
    with memory.page():
        kept = [[[] for _ in range(100)] for _ in range(1000)]
print(gc.get_freeze_count() > 0, 2 in collected)
"""


def test_streamlit_is_told_not_to_collect_after_each_page():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["runner"]["postScriptGC"] is False


def test_pages_make_no_whole_collection_and_what_was_loaded_at_the_start_is_set_aside():
    done = subprocess.run(
        [sys.executable, "-c", WHOLE_COLLECTIONS_OF_TWENTY_PAGES], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "False"]


def test_memory_is_tidied_once_no_page_is_being_made(monkeypatch: pytest.MonkeyPatch):
    memory.start()
    pages_at_collections: list[int] = []
    monkeypatch.setattr(memory.gc, "collect", lambda: pages_at_collections.append(memory._pages_being_made))
    waiting, tidied = Event(), Event()

    def wait_and_tidy() -> None:
        waiting.set()
        memory.tidy()
        tidied.set()

    tidying = Thread(target=wait_and_tidy)
    with memory.page():
        tidying.start()
        assert waiting.wait(20)
        assert not tidied.wait(0.3)
    assert tidied.wait(60)
    tidying.join()
    # The timer of this process may have collected as well.
    assert pages_at_collections and set(pages_at_collections) == {0}


def test_what_refers_to_itself_is_gone_once_memory_is_tidied():
    class Circle:
        def __init__(self) -> None:
            self.itself = self

    left = weakref.ref(Circle())
    # Python does not begin a collection while another thread's is going on.
    for _ in range(100):
        memory.tidy()
        if left() is None:
            break
        time.sleep(0.05)
    assert left() is None


def test_a_page_that_fails_is_no_longer_being_made():
    try:
        with memory.page():
            raise ValueError
    except ValueError:
        pass
    assert memory._pages_being_made == 0
