"""A database copied to a new file, for this account only: the file is whole, or it is not there."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from data.errors import TrackerError
from data.night import durable

BUSY_SECONDS = 20


class CannotCopy(TrackerError):
    """A database cannot be copied; the message says why and what to do."""


@contextmanager
def new_file(out: Path) -> Iterator[Path]:
    """An empty file to copy into, which becomes the new file ``out`` when the block ends well. Raises CannotCopy."""
    if out.exists():
        raise CannotCopy(f"{out} already exists; give the backup another name, so that no older one is overwritten.")
    if not out.parent.is_dir():
        raise CannotCopy(f"The folder {out.parent} does not exist; create it, or write the backup elsewhere.")
    temporary = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        durable.write_new(temporary, "")
        yield temporary
        durable.flush_file(temporary)
        durable.replace(temporary, out)
        durable.flush_folder(out.parent)
    except OSError as error:
        raise CannotCopy(f"The backup {out} cannot be written: {error.strerror}.") from error
    finally:
        temporary.unlink(missing_ok=True)


def copy_sqlite(source: Path, target: Path) -> None:
    """SQLite's online backup from one file into another, while people go on working in the first. Raises CannotCopy."""
    try:
        with (
            closing(sqlite3.connect(source, timeout=BUSY_SECONDS)) as old,
            closing(sqlite3.connect(target, timeout=BUSY_SECONDS)) as new,
        ):
            old.backup(new)
    except sqlite3.Error as error:
        raise CannotCopy(f"{source} could not be copied to {target}: {error}.") from error
