"""Pages read the store that TRACKER_STORE names: the shared synthetic county unless a test says otherwise."""

from __future__ import annotations

import pytest

from data.store.store import Store
from tests.pages.council import publish_borough
from ui.components import column_choice


@pytest.fixture(autouse=True)
def shared_store(county_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Show the shared county."""
    monkeypatch.setenv("TRACKER_STORE", str(county_store.path))
    return county_store


@pytest.fixture(scope="session")
def borough(every_policy_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A borough that uses every policy and has held a panel. Shared by all tests: read it, never change it."""
    return publish_borough(tmp_path_factory.mktemp("borough") / "store", every_policy_store)


@pytest.fixture(autouse=True)
def usual_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list shows all its columns unless asked otherwise. ``test_lists.py`` looks at the short ones, which are a reader's usual ones."""
    monkeypatch.setattr(column_choice, "IN_FULL", frozenset())
