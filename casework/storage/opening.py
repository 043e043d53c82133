"""Opening the panel's records, brought up to this program's version."""

from __future__ import annotations

from pathlib import Path

from casework.storage.database import Casework, connect, has_records
from data.settings import Settings


def open_casework(settings: Settings, store: Path | None = None) -> Casework:
    """The panel's records of a store (the settings' own folder unless given), brought up to this program's version.

    Raises CaseworkError when they cannot be reached, or were written by a newer version of the program.
    """
    from casework.storage.upgrading import upgrade  # Alembic is slow to import

    casework = connect(settings, store)
    upgrade(casework)
    return casework


def records_if_any(settings: Settings, store: Path | None = None) -> Casework | None:
    """As ``open_casework``; None, and nothing is made, where no panel has kept records in the store yet."""
    return open_casework(settings, store) if has_records(settings, store) else None
