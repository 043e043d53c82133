"""Memory is tidied on a timer, between pages. Done after each page, it took four fifths of the server's time with 30 people at once.

Python frees most objects at once; what is left are those that refer to each other in a circle, such as an ended session's.
"""

from __future__ import annotations

import atexit
import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition, Thread

SECONDS_BETWEEN = 30.0
LONGEST_WAIT = 20.0  # seconds, for a moment when no page is being made
NEVER = 1_000_000_000

_quiet = Condition()
_pages_being_made = 0
_started = False


@contextmanager
def page() -> Iterator[None]:
    """Make a page."""
    global _pages_being_made
    with _quiet:
        _pages_being_made += 1
        start()
    try:
        yield
    finally:
        with _quiet:
            _pages_being_made -= 1
            _quiet.notify_all()


def start() -> None:
    """Set what is loaded by now aside, since it stays, and leave whole collections to the timer, which is started once in a process."""
    global _started
    if not _started:
        _started = True
        gc.collect()
        gc.freeze()
        # Else what was set aside is not freed at the end, and libraries report it as lost.
        atexit.register(gc.unfreeze)
        gc.set_threshold(*gc.get_threshold()[:2], NEVER)
        Thread(target=_tidy_for_ever, name="tidy memory", daemon=True).start()


def _tidy_for_ever() -> None:
    while True:
        time.sleep(SECONDS_BETWEEN)
        tidy()


def wait_until_quiet() -> None:
    """Wait until no page is being made, at most for the longest wait."""
    with _quiet:
        _quiet.wait_for(lambda: _pages_being_made == 0, LONGEST_WAIT)


def tidy() -> int:
    """Collect between pages. Gives how many objects could not be reached."""
    wait_until_quiet()
    return gc.collect()
