"""Pages read the store that TRACKER_STORE names: the shared synthetic county unless a test says otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.storage.opening import open_casework
from data.store.store import Store
from metrics.engine.engine import Engine
from packs.corporate.drafts import prepare
from tests.pages.council import borough_of
from tests.support.copies import copy_of
from tests.support.once_a_run import greedy_patterns, made_once
from ui.components import column_choice


@pytest.fixture(autouse=True)
def shared_store(county_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Show the shared county."""
    monkeypatch.setenv("TRACKER_STORE", str(county_store.path))
    return county_store


@pytest.fixture(autouse=True)
def invented_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names that these tests make up count as invented. ``tests/access/test_real_night.py`` looks at a night that does not."""
    monkeypatch.setattr(Engine, "is_synthetic", True)


@pytest.fixture(scope="session")
def borough(every_policy_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A borough that uses every policy and has held a panel. Shared by all tests: read it, never change it."""
    return borough_of(tmp_path_factory, tmp_path_factory.mktemp("borough") / "store", every_policy_store)


@pytest.fixture(scope="session")
def drafted_store(county_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The shared county with the councillors' draft that its nightly load leaves. Copy it for a test that writes."""

    def make(folder: Path) -> None:
        store = copy_of(county_store, folder)
        with greedy_patterns():
            prepare(Engine(store.current(), store.settings), open_casework(store.settings))

    return Store(made_once(tmp_path_factory, "drafted", make))


@pytest.fixture(autouse=True)
def usual_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list shows all its columns unless asked otherwise. ``test_lists.py`` looks at the short ones, which are a reader's usual ones."""
    monkeypatch.setattr(column_choice, "IN_FULL", frozenset())
