"""The errors whose text is meant for the person at the keyboard: one sentence each, saying what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class TrackerError(Exception):
    """Anything the tracker refuses to do. The message stands alone; no traceback is shown."""


class NightRefused(TrackerError):
    """Tonight's extracts cannot be used. Nothing has been published and the last good night stays live."""


class Refusals:
    """What refuses a load, found in several files and said at once: a line each, in the order in which it was found."""

    def __init__(self) -> None:
        self.found: list[NightRefused] = []

    @contextmanager
    def kept(self) -> Iterator[None]:
        """A refusal within this block ends the block, and is kept."""
        try:
            yield
        except NightRefused as refused:
            self.found.append(refused)

    def raise_any(self) -> None:
        """Raises NightRefused with all that was kept, if anything was."""
        if len(self.found) == 1:
            raise self.found[0]
        if self.found:
            raise NightRefused("\n".join(dict.fromkeys(map(str, self.found))))
