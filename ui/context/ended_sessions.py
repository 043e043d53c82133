"""The browser sessions that were signed out, in the store: another process, and this one after a restart, know of them too."""

from __future__ import annotations

import hashlib
import logging
import re
from functools import lru_cache
from pathlib import Path

from filelock import FileLock

from data.night import durable

LOG = logging.getLogger("tracker.app")
FILE = "session.ended"
LINE = re.compile(r"(?P<issued>\d{10}) (?P<mark>[0-9a-f]{64})")
LOCK_SECONDS = 5


def mark(session: str) -> str:
    """What a session is called in the store: not the cookie, nor anything from which it could be made."""
    return hashlib.sha256(session.encode()).hexdigest()


def note(folder: Path, session: str, issued: int, first: float) -> None:
    """Write down that a session has ended. Those that began before ``first`` go: their cookies are of no use any more.

    A disk that refuses is logged: the session has then ended in this process alone.
    """
    path = folder / FILE
    try:
        with FileLock(path.with_name(f"{FILE}.lock"), timeout=LOCK_SECONDS, mode=0o600):
            kept = {one: began for one, began in _read(path).items() if began > first}
            lines = {**kept, mark(session): issued}
            durable.write_text(path, "".join(f"{began:010d} {one}\n" for one, began in lines.items()), flush=False)
    except OSError as error:
        LOG.error("%s could not be written: %s", FILE, type(error).__name__)


def has_ended(folder: Path, session: str) -> bool:
    """Whether a session was written down."""
    path = folder / FILE
    try:
        status = path.stat()
        return mark(session) in _known(path, status.st_mtime_ns, status.st_size, status.st_ino)
    except FileNotFoundError:
        return False
    except OSError as error:
        LOG.error("%s could not be read: %s", FILE, type(error).__name__)
        return False


@lru_cache(maxsize=4)
def _known(path: Path, changed: int, size: int, number: int) -> dict[str, int]:
    """The file as it is since it last changed."""
    return _read(path)


def _read(path: Path) -> dict[str, int]:
    if not path.exists():
        return {}
    return {found["mark"]: int(found["issued"]) for found in LINE.finditer(path.read_text(encoding="ascii", errors="replace"))}
