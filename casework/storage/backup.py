"""The panel's records copied to a file while they are in use, and put back from it.

A SQLite file is copied by its own online backup, so that the copy is of one moment however many people are writing; PostgreSQL by
its own pg_dump and pg_restore. docs/how-to/back-up-and-restore.md has the procedure.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import URL

from casework.records.errors import CaseworkError
from casework.storage import chain
from casework.storage.database import FILE_NAME, Casework
from casework.storage.upgrading import check_known, upgrade, version
from data.databases import chain_head
from data.databases.copies import CannotCopy, copy_sqlite, new_file
from data.night import durable
from data.sentences import begins

SQLITE_BEGINS, POSTGRESQL_BEGINS = b"SQLite format 3\x00", b"PGDMP"


def backup(casework: Casework, out: Path) -> Path:
    """Write everything to the new file ``out``, for this account only, and give its path back. Raises CaseworkError."""
    out = Path(out).absolute()
    try:
        with new_file(out) as copied:
            if version(casework) is None:
                raise CaseworkError(f"{begins(casework.words)}: there is nothing to back up yet.")
            if casework.path:
                copy_sqlite(casework.path, copied)
            else:
                # The record of access is not put back with the panel's records.
                _run(
                    casework,
                    "pg_dump",
                    "--exclude-table=access_*",
                    "--format=custom",
                    "--no-owner",
                    "--no-privileges",
                    f"--file={copied}",
                )
    except CannotCopy as error:
        raise CaseworkError(str(error)) from error
    return out


def restore(casework: Casework, source: Path) -> Path | None:
    """Put the records back as a backup has them, and bring them up to this program's version.

    What is there is first backed up beside the SQLite file (or, for PostgreSQL, in the working folder); gives the path of that
    backup, None when there was nothing. Stop the app before it. Raises CaseworkError for a file that is no sound backup of this kind of
    database, or that a newer program wrote; then nothing has been changed.
    """
    source = Path(source).absolute()
    _check_source(casework, source)
    kept = None
    if version(casework) is not None:
        folder = casework.path.parent if casework.path else Path.cwd()
        kept = backup(
            casework, folder / f"before-restore-{datetime.now(UTC):%Y-%m-%d-%H%M%S-%f}.{'db' if casework.path else 'dump'}"
        )
    casework.close()
    if casework.path:
        try:
            copy_sqlite(source, casework.path)
        except CannotCopy as error:
            raise CaseworkError(str(error)) from error
        durable.flush_file(casework.path)
    else:
        _run(
            casework, "pg_restore", "--clean", "--if-exists", "--single-transaction", "--no-owner", "--no-privileges", str(source)
        )
    upgrade(casework)
    if casework.head_file:
        # The records are older now, and on purpose: the newest entry is the backup's.
        with casework.reading() as session:
            chain_head.move(casework.head_file, chain.head(session), whatever=True)
    return kept


def _check_source(casework: Casework, source: Path) -> None:
    try:
        with source.open("rb") as file:
            begins = file.read(len(SQLITE_BEGINS))
    except OSError as error:
        raise CaseworkError(f"The backup {source} cannot be read: {error.strerror}.") from error
    if casework.path and begins != SQLITE_BEGINS:
        raise CaseworkError(f"{source} is not a backup of {FILE_NAME}; the records here are a SQLite file.")
    if not casework.path and not begins.startswith(POSTGRESQL_BEGINS):
        raise CaseworkError(f"{source} is not a backup that pg_dump wrote; the records here are a PostgreSQL database.")
    if casework.path:
        try:
            with closing(sqlite3.connect(f"{source.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
                sound = connection.execute("pragma integrity_check").fetchone()[0]
                had = connection.execute("select version_num from alembic_version").fetchone()
        except sqlite3.Error as error:
            raise CaseworkError(f"The backup {source} is damaged; use another.") from error
        if sound != "ok" or had is None:
            raise CaseworkError(f"The backup {source} is damaged; use another.")
        check_known(f"the backup {source}", had[0])


def _run(casework: Casework, program: str, *arguments: str) -> None:
    """One of PostgreSQL's own programs on the database. The password goes by the environment, never on the command line."""
    path = tool(program)
    url: URL = casework.engine.url
    environment = dict(os.environ)
    if url.password:
        environment["PGPASSWORD"] = str(url.password)
    address = url.set(drivername="postgresql", password=None).render_as_string()
    done = subprocess.run([path, f"--dbname={address}", *arguments], env=environment, capture_output=True, text=True)
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise CaseworkError(f"{program} on {casework.words} did not finish: {said[0] if said else 'it said nothing'}.")


def tool(program: str) -> str:
    """Where one of PostgreSQL's programs is: on the path, or where Debian keeps it. Raises CaseworkError."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: folder.parent.name.zfill(3), reverse=True)
    found = shutil.which(program) or shutil.which(program, path=os.pathsep.join(map(str, folders)))
    if not found:
        raise CaseworkError(
            f"{program} is not on this machine; install PostgreSQL's client programs, of the server's version or newer."
        )
    return found
