"""The newest entry of a chain of hashes, and the small file of the store that names it, so that a cut at the chain's end shows.

The file is written after every commit and only moves forward, so it may be behind for a moment and never ahead of what was kept.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from data.night import durable

BEGINNING = "0" * 64
LOCK_SECONDS = 20
ENTRY = re.compile(r"(\d+):([0-9a-f]{64})")


@dataclass(frozen=True)
class Head:
    """The newest entry of a chain: how many there are, and the hash that stands on all of them."""

    position: int = 0
    hash: str = BEGINNING

    def __str__(self) -> str:
        return f"{self.position}:{self.hash}"


class HeadUnreadable(ValueError):
    """The text names no entry."""


def parse(text: str) -> Head:
    """The entry that a text names, as ``12:9f86d0...``. Raises HeadUnreadable."""
    found = ENTRY.fullmatch(text.strip())
    if not found:
        raise HeadUnreadable(text)
    return Head(int(found[1]), found[2])


def read(path: Path) -> Head | None:
    """The entry that the file names; None where there is no file. Raises HeadUnreadable, OSError."""
    return parse(path.read_text(encoding="ascii", errors="replace")) if path.exists() else None


def move(path: Path, newest: Head, whatever: bool = False, flush: bool = True) -> None:
    """Name a newer entry. ``whatever``: also an older one, after a backup has been put back. ``flush``: wait for the disk.

    What is kept is committed already when this is called, so a disk that refuses is logged: the file is then behind, which
    checking the chain says.
    """
    try:
        with FileLock(path.with_name(f"{path.name}.lock"), timeout=LOCK_SECONDS, mode=0o600):
            try:
                before = read(path)
            except HeadUnreadable:
                # A damaged file stays, so that checking the chain names it.
                before = None if whatever else newest
            if whatever or before is None or before.position < newest.position:
                durable.write_text(path, f"{newest}\n", flush)
    except OSError as error:
        logging.getLogger("tracker.chain").warning(
            "%s could not be written: %s", path.name, error.strerror or type(error).__name__
        )
