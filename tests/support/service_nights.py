"""Nights of a council that uses Hertfordshire's service level: of the shared county, or of a few children written down."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from data.store.store import Store
from metrics.engine.engine import Engine
from metrics.nightly import run_nightly
from tests.support.builder import UNREADABLE, Records
from tests.support.extracts import write_extracts

SETTINGS = 'policies = ["hertfordshire", "hertfordshire_service"]\n'


def service_store(folder: Path, extracts: Path, as_at: date) -> Store:
    """A store of the extracts, with the service level's policy in use."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    store = Store(folder)
    run_nightly(store, extracts, as_at)
    return store


def engine_over(folder: Path, night: Records, as_at: str) -> Engine:
    """The engine over a night of these records. A table that they lack is not supplied."""
    known = {table: rows for table, rows in night.items() if table != UNREADABLE}
    extracts = write_extracts(folder / "extracts", known, someone_else=True)
    store = service_store(folder / "store", extracts, date.fromisoformat(as_at))
    return Engine(store.current(), store.settings)
