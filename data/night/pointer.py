"""Which night is shown: the file ``current`` in the store holds its name, and is switched in one step.

Beside the name stands the seal of the newest restrictions (``data/restrictions/restrictions_file.py``), so that
the loss of that file is noticed.
``rolled_back_from`` holds the newest night that was ever shown when somebody went back to an older one. With it the store can
tell a night that was shown from one whose load was killed just before the switch (see ``publishing.tidy``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from data.night import durable
from data.night.night import NAME, sequence_in

CURRENT = "current"
ROLLED_BACK_FROM = "rolled_back_from"
LINE = re.compile(rf"(?P<name>{re.sub(r'[?]P<[a-z_]+>', '?:', NAME.pattern)})( (?P<seal>[0-9a-f]{{64}}))?")


@dataclass(frozen=True)
class Pointer:
    """What ``current`` holds: a night's name, and the seal of the newest restrictions (None: written by a version without seals)."""

    name: str
    seal: str | None = None

    @property
    def text(self) -> str:
        return f"{self.name} {self.seal}\n" if self.seal else f"{self.name}\n"


def _read(path: Path) -> Pointer | None:
    try:
        found = LINE.fullmatch(path.read_bytes()[:200].decode("ascii").strip())
    except (OSError, UnicodeDecodeError):
        return None
    return Pointer(found["name"], found["seal"]) if found else None


def read(store: Path) -> Pointer | None:
    """What ``current`` holds; None where the file is missing or holds anything else."""
    return _read(store / CURRENT)


def current_name(store: Path) -> str | None:
    """The name in ``current``; None where the file is missing or holds anything else."""
    pointer = read(store)
    return pointer.name if pointer else None


def point_at(store: Path, pointer: Pointer | None) -> None:
    """Show this night from now on; None takes the pointer away (there was no night before)."""
    if pointer is None:
        durable.remove(store / CURRENT)
    else:
        durable.write_text(store / CURRENT, pointer.text)


def roll_back(store: Path, pointer: Pointer, newest: str) -> None:
    """Show an older night, remembering the newest that was ever shown, whether it is still there or not."""
    named = (newest, current_name(store), _rolled_back_from(store))
    durable.write_text(store / ROLLED_BACK_FROM, max((name for name in named if name), key=sequence_in) + "\n")
    point_at(store, pointer)


def _rolled_back_from(store: Path) -> str | None:
    pointer = _read(store / ROLLED_BACK_FROM)
    return pointer.name if pointer else None


def newest_named(store: Path) -> str | None:
    """The newest night that ``current`` and ``rolled_back_from`` name; None where neither can be read."""
    named = [name for name in (current_name(store), _rolled_back_from(store)) if name]
    return max(named, key=sequence_in, default=None)


def last_shown(store: Path) -> int | None:
    """The highest sequence that was ever shown; None where the pointer cannot say."""
    return sequence_in(newest_named(store)) if current_name(store) else None
