"""A council that follows one more policy than Hertfordshire's: its store, and the engine over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.store.store import Store
from metrics.engine.engine import Engine
from metrics.nightly import run_nightly
from tests.pages import odd_night


def publish(folder: Path, policy: str, extracts: Path) -> Store:
    """A new store in the folder, with the night of the extracts."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.toml").write_text(f'policies = ["hertfordshire", "{policy}"]\n', encoding="utf-8")
    store = Store(folder)
    run_nightly(store, extracts, odd_night.AS_AT)
    return store


def shown(store: Store, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The engine over a store, which the pages show from now on."""
    monkeypatch.setenv("TRACKER_STORE", str(store.path))
    return Engine(store.current(), store.settings)
