"""The record of access copied to a file while it is in use."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from access.record.entries import AccessRecordError
from access.record.record import AccessRecord
from data.night import durable


def backup(record: AccessRecord, out: Path) -> Path:
    """Write the record, as it is at one moment, to the new file ``out``, for this account only. Raises AccessRecordError."""
    if record.path is None:
        raise AccessRecordError(
            f"{record.words[0].upper()}{record.words[1:]}: back it up with the database server's own backups, or with pg_dump."
        )
    try:
        durable.write_new(out, "")
    except FileExistsError as error:
        raise AccessRecordError(
            f"{out} already exists; give the backup another name, so that no older one is overwritten."
        ) from error
    except OSError as error:
        raise AccessRecordError(f"The backup {out} cannot be written: {error.strerror}.") from error
    try:
        with record.reading(), closing(sqlite3.connect(record.path, timeout=20)) as old, closing(sqlite3.connect(out)) as new:
            old.backup(new)
        durable.flush_file(out)
    except (sqlite3.Error, OSError) as error:
        out.unlink(missing_ok=True)
        raise AccessRecordError(f"The backup {out} could not be written: {error}.") from error
    return out
