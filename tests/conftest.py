"""What tests of the whole product share: a small synthetic county, its nights, and a store that shows the last of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from functools import wraps
from pathlib import Path

import hypothesis
import pytest

from data.databases import opening
from data.night import night
from data.store.store import Store
from data.synthetic import write_county
from metrics import nightly
from metrics.engine.engine import Engine
from metrics.engine.policy import FOLDER
from metrics.nightly import run_nightly
from metrics.strategic import answer
from tests.casework.postgresql import server
from tests.deep import DEEP
from tests.support.copies import copy_of
from tests.support.once_a_run import found_once, greedy_patterns, made_once, run_folder
from tests.support.order import waiting_apart
from tests.support.service_nights import service_store
from ui.context import memory

CHILDREN = 150
AS_AT = date(2026, 10, 31)
BROWSERS = Path(__file__).parent / "browser"

# The same cases every time, so that a change is red for what it did; other cases each time in the deep suite.
hypothesis.settings.register_profile("tracker", derandomize=not DEEP)
hypothesis.settings.load_profile("tracker")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where several workers share the tests, those of browsers are spread over the run (``tests/support/order.py``)."""
    if hasattr(config, "workerinput"):
        items[:] = waiting_apart(items, lambda item: str(item.path), lambda path: Path(path).parent == BROWSERS)


@pytest.fixture(scope="session", autouse=True)
def _no_waiting_for_the_disk() -> Iterator[None]:
    """No test cuts the power, so none needs its bytes on the disk: every load would wait for that forty times, and every entry in a SQLite
    file once."""
    prepare = opening._prepare_sqlite

    @wraps(prepare)
    def hurried(connection, record) -> None:
        prepare(connection, record)
        connection.execute("pragma synchronous = off")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda descriptor: None)
        patch.setattr(opening, "_prepare_sqlite", hurried)
        yield


@pytest.fixture(scope="session", autouse=True)
def _memory_is_tidied_seldom() -> Iterator[None]:
    """A worker that has opened one page would otherwise go through all its objects every half minute to the end of the run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(memory, "SECONDS_BETWEEN", 150.0)
        yield


@pytest.fixture(scope="session", autouse=True)
def _a_small_night_is_read_with_one_thread() -> Iterator[None]:
    """Of a few hundred children, a second thread costs more than it does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(night.CONNECTION, "threads", "1")
        yield


@pytest.fixture(scope="session", autouse=True)
def _patterns_are_found_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The same county has the same pattern of hidden figures in every pack, page and copy of its store."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answer, "protect", found_once(answer.protect, run_folder(tmp_path_factory)))
        yield


@pytest.fixture(scope="module")
def without_journeys() -> Iterator[None]:
    """For tests of many small nights that ask nothing about journeys: their steps, a sixth of the work of such a night, are not kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nightly, "make_steps", lambda *asked, **how: None)
        yield


@pytest.fixture(scope="module")
def greedy() -> Iterator[None]:
    """For files of tests that ask what is printed, not how little is hidden."""
    with greedy_patterns():
        yield


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Path]:
    """The folder of the socket of a real server, one for all tests of a worker. Never skipped where the product runs on a server; Windows
    has no package of it."""
    if os.name == "nt":
        pytest.skip("PostgreSQL is tested on Linux, where councils run it")
    with server() as folder:
        yield folder


@pytest.fixture(scope="session")
def county_nights(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The extracts of two successive nights of one county; the last is as at 31 October 2026."""

    def make(folder: Path) -> None:
        write_county(folder, children=CHILDREN, seed=7, nights=2, as_at=AS_AT)

    return sorted(path for path in made_once(tmp_path_factory, "county", make).iterdir() if path.is_dir())


@pytest.fixture(scope="session")
def county_store(county_nights: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store that shows the night of 31 October 2026. Shared by all tests of a worker: read it, never change it."""

    def make(folder: Path) -> None:
        run_nightly(Store(folder), county_nights[-1], AS_AT)

    return copy_of(Store(made_once(tmp_path_factory, "county-store", make)), tmp_path_factory.mktemp("store") / "store")


@pytest.fixture(scope="session")
def service_county_store(county_nights: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The same county for a council that uses Hertfordshire's service level too. Shared by all tests: read it, never change it."""

    def make(folder: Path) -> None:
        service_store(folder, county_nights[-1], AS_AT)

    return copy_of(Store(made_once(tmp_path_factory, "served", make)), tmp_path_factory.mktemp("served") / "store")


@pytest.fixture(scope="session")
def every_policy_store(county_nights: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The same county for a council that uses every policy. Copy it for a test that writes, which a visit of the panel's pages is."""

    def make(folder: Path) -> None:
        folder.mkdir()
        named = dict.fromkeys(["hertfordshire", *sorted(path.stem for path in FOLDER.glob("*.toml"))])
        (folder / "settings.toml").write_text(f"policies = {list(named)}\n".replace("'", '"'), encoding="utf-8")
        run_nightly(Store(folder), county_nights[-1], AS_AT)

    return Store(made_once(tmp_path_factory, "every-policy", make))


@pytest.fixture(scope="session")
def engine(county_store: Store) -> Engine:
    """The engine over the shared store."""
    return Engine(county_store.current(), county_store.settings)
