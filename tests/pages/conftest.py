"""Pages read the store that TRACKER_STORE names: the shared synthetic county unless a test says otherwise."""

from __future__ import annotations

import pytest

from data.store.store import Store


@pytest.fixture(autouse=True)
def shared_store(county_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Show the shared county."""
    monkeypatch.setenv("TRACKER_STORE", str(county_store.path))
    return county_store
