"""Which night is shown: the file ``current`` in the store holds its name, and is switched in one step.

``rolled_back_from`` holds the newest night that was ever shown when somebody went back to an older one. With it the store can
tell a night that was shown from one whose load was killed just before the switch (see ``publishing.tidy``).
"""

from __future__ import annotations

from pathlib import Path

from data import durable
from data.night import NAME, sequence_in

CURRENT = "current"
ROLLED_BACK_FROM = "rolled_back_from"


def _name_in(path: Path) -> str | None:
    try:
        name = path.read_bytes()[:200].decode("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return name if NAME.fullmatch(name) else None


def current_name(store: Path) -> str | None:
    """The name in ``current``; None where the file is missing or holds anything else."""
    return _name_in(store / CURRENT)


def point_at(store: Path, name: str | None) -> None:
    """Show this night from now on; None takes the pointer away (there was no night before)."""
    if name is None:
        durable.remove(store / CURRENT)
    else:
        durable.write_text(store / CURRENT, name + "\n")


def roll_back(store: Path, name: str, newest: str) -> None:
    """Show an older night, remembering the newest that was ever shown."""
    durable.write_text(store / ROLLED_BACK_FROM, newest + "\n")
    point_at(store, name)


def last_shown(store: Path) -> int | None:
    """The highest sequence that was ever shown; None where the pointer cannot say."""
    current = current_name(store)
    return max(sequence_in(current), sequence_in(_name_in(store / ROLLED_BACK_FROM))) if current else None
