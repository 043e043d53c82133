"""What tests of the whole product share: a small synthetic county, its nights, and a store that shows the last of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data.store.store import Store
from data.synthetic import write_county
from metrics.engine.engine import Engine
from metrics.nightly import run_nightly
from tests.support.service_nights import service_store

CHILDREN = 150
AS_AT = date(2026, 10, 31)


@pytest.fixture(scope="session", autouse=True)
def _no_waiting_for_the_disk() -> Iterator[None]:
    """No test cuts the power, so none needs its bytes on the disk: every load would wait for that forty times."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda descriptor: None)
        yield


@pytest.fixture(scope="session")
def county_nights(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The extracts of two successive nights of one county; the last is as at 31 October 2026."""
    return write_county(tmp_path_factory.mktemp("county"), children=CHILDREN, seed=7, nights=2, as_at=AS_AT)


@pytest.fixture(scope="session")
def county_store(county_nights: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store that shows the night of 31 October 2026. Shared by all tests: read it, never change it."""
    store = Store(tmp_path_factory.mktemp("store"))
    run_nightly(store, county_nights[-1], AS_AT)
    return store


@pytest.fixture(scope="session")
def service_county_store(county_nights: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The same county for a council that uses Hertfordshire's service level too. Shared by all tests: read it, never change it."""
    return service_store(tmp_path_factory.mktemp("served") / "store", county_nights[-1], AS_AT)


@pytest.fixture(scope="session")
def engine(county_store: Store) -> Engine:
    """The engine over the shared store."""
    return Engine(county_store.current(), county_store.settings)
