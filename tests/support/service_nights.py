"""Nights of a council that uses Hertfordshire's service level: of the shared county, or of a few children written down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from data.settings import Settings
from data.store.store import Store
from metrics.engine.engine import Engine
from metrics.nightly import run_nightly
from tests.support.builder import Records
from tests.support.reference_engine import RecordsEngine

POLICIES = ("hertfordshire", "hertfordshire_service")


def service_store(folder: Path, extracts: Path, as_at: date) -> Store:
    """A store of the extracts, with the service level's policy in use."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.toml").write_text(f"policies = {list(POLICIES)}\n", encoding="utf-8")
    store = Store(folder)
    run_nightly(store, extracts, as_at)
    return store


def engine_over(night: Records, as_at: str, rules: Iterable[str] | None = None) -> Engine:
    """The engine over these records in memory, as a night would hold them, with every rule or these alone. A table that they lack is not
    supplied."""
    return RecordsEngine(night, (date.fromisoformat(as_at),), Settings(policies=POLICIES), rules=rules)
