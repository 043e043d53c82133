"""The record of access copied to a file while it is in use."""

from __future__ import annotations

from pathlib import Path

from access.record.entries import AccessRecordError
from access.record.record import AccessRecord
from data.databases.copies import CannotCopy, copy_sqlite, new_file


def backup(record: AccessRecord, out: Path) -> Path:
    """Write the record, as it is at one moment, to the new file ``out``, for this account only. Raises AccessRecordError."""
    if record.path is None:
        raise AccessRecordError(f"{record.begins}: back it up with the database server's own backups, or with pg_dump.")
    try:
        with record.reading(), new_file(out.absolute()) as copied:
            copy_sqlite(record.path, copied)
    except CannotCopy as error:
        raise AccessRecordError(str(error)) from error
    return out
