"""When each browser session of somebody who has signed in was last used, in the store: another process, and this one after a restart,
know of it too. So copied cookies of a session that nobody has used for a while are of no use after a restart either.

Each session has an empty file of its own, whose time is that of the last use: there is nothing to lock, and nothing to read.
"""

from __future__ import annotations

import contextlib
import logging
import os
from pathlib import Path

from data.night import durable
from ui.context.ended_sessions import mark

LOG = logging.getLogger("tracker.app")
FOLDER = "session.used"


def note(folder: Path, session: str, used: float, first: float) -> None:
    """Write down when a session was used (seconds of the epoch). Those not used since ``first`` go: their cookies are of no use any more.

    A disk that refuses is logged: the session then ends with this process.
    """
    path = folder / FOLDER / mark(session)
    try:
        if not path.exists():
            durable.make_folder(path.parent)
            _tidy(path.parent, first)
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        os.utime(path, (used, used))
    except OSError as error:
        LOG.error("%s could not be written: %s", FOLDER, type(error).__name__)


def _tidy(place: Path, first: float) -> None:
    for path in place.iterdir():
        with contextlib.suppress(FileNotFoundError):  # another process tidies too
            if path.stat().st_mtime <= first:
                path.unlink()


def used_at(folder: Path, session: str) -> float | None:
    """When a session was last used, as far as any process has written down; None where none has."""
    try:
        return (folder / FOLDER / mark(session)).stat().st_mtime
    except FileNotFoundError:
        return None
    except OSError as error:
        LOG.error("%s could not be read: %s", FOLDER, type(error).__name__)
        return None
