"""Pages are made three at a time, in the order in which they were asked for.

Made all at once they would share the processor, and each would be finished only when nearly all are. While one waits for the database
or the disk, another works.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Semaphore

PAGES_AT_A_TIME = 3
# Nobody waits longer than this for a page that takes long; then theirs is made beside it.
LONGEST_WAIT = 0.5  # seconds

_free = Semaphore(PAGES_AT_A_TIME)


@contextmanager
def turn() -> Iterator[None]:
    """Make a page when it is its turn."""
    has_turn = _free.acquire(timeout=LONGEST_WAIT)
    try:
        yield
    finally:
        if has_turn:
            _free.release()
