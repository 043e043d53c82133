"""Opening a database that the tracker writes in: a SQLite file of the store, or the PostgreSQL database that the settings name."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from data.database_address import shown
from data.databases.shares import share_of
from data.errors import TrackerError
from data.night import durable
from data.sentences import begins

BUSY_SECONDS = 20
CONNECT_SECONDS = 10


class CannotOpen(TrackerError):
    """The database cannot be opened; the message says why and what to do."""


def database_url(text: str) -> URL:
    """The address that ``casework_database`` gives. Raises CannotOpen without repeating it, since it may hold a password."""
    try:
        url = make_url(text)
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        if url.drivername not in ("sqlite", "postgresql+psycopg"):
            raise ArgumentError(f"{url.drivername} is not known")
    except (ArgumentError, ValueError) as error:
        raise CannotOpen(
            'casework_database in settings.toml cannot be used; leave it "" for a file in the store, '
            'or write it as "postgresql://user@server/database".'
        ) from error
    return url


def words(url: URL) -> str:
    """Where a database is, without its password."""
    return f"the PostgreSQL database {shown(url.database)} on {shown(url.host) or 'this machine'}"


def postgresql(url: URL) -> Engine:
    """A PostgreSQL database; nothing is asked of it yet."""
    return create_engine(
        url,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"connect_timeout": CONNECT_SECONDS, "application_name": "permanence-tracker"},
    )


def sqlite(path: Path, what: str, mounts: str | None = None) -> Engine:
    """The SQLite file, for this account only; made where there is none. ``what`` it holds is said when it cannot be opened.

    Raises CannotOpen, also for a file on a network share; ``mounts`` is the system's table of mounts (``data.databases.shares``).
    """
    if share := share_of(path.parent, mounts):
        raise CannotOpen(
            f"{begins(what)} cannot be kept in {path}: it is on a network share ({share}), where two people writing at once can "
            "damage the file. Put the store on a disk of this machine, or name a PostgreSQL database as casework_database in settings.toml."
        )
    try:
        durable.make_folder(path.parent)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.close(descriptor)
        durable.restrict(path)
    except OSError as error:
        raise CannotOpen(f"{begins(what)} {path} cannot be opened: {error.strerror}.") from error
    # What is written about a child never stands in an error or a log (hide_parameters).
    address = URL.create("sqlite", database=str(path))
    engine = create_engine(address, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection, _record) -> None:
    # The driver's own transactions would begin only at the first write; ours begin when we say so (_begin_sqlite).
    connection.isolation_level = None
    for pragma in ("foreign_keys = on", "journal_mode = wal", "synchronous = full", f"busy_timeout = {BUSY_SECONDS * 1000}"):
        connection.execute(f"pragma {pragma}")


def _begin_sqlite(connection) -> None:
    # A writer takes its place at once, so that what it read cannot be overtaken before it writes.
    kind = connection.get_execution_options().get("begin", "deferred")
    connection.exec_driver_sql("begin immediate" if kind == "immediate" else "begin")


def why_refused(error: SQLAlchemyError) -> str:
    """Why a database refused, in words. The driver's own words may hold values or a password, so they are not used."""
    sqlstate = getattr(getattr(error, "orig", None), "sqlstate", None) or ""
    said = str(getattr(error, "orig", "")).casefold()
    reasons = (
        ("locked" in said or sqlstate == "55P03", "somebody else is writing in it; try again in a moment"),
        ("disk is full" in said or sqlstate == "53100", "the disk is full; make room and try again"),
        ("readonly" in said or sqlstate == "25006", "it can only be read; this account needs permission to write to it"),
        ("not a database" in said or "malformed" in said, "the file is damaged; restore it from the backup"),
        ("kept for good" in said, "what is kept for good cannot be changed or removed"),
        (sqlstate.startswith("28") or "password" in said, "it did not accept this account or its password"),
        (sqlstate == "42501", "this account may not do that in it"),
        (isinstance(error, DBAPIError) and error.connection_invalidated, "the connection was lost; try again"),
        (
            type(error).__name__ == "OperationalError",
            "it cannot be reached; check that it is running and that settings.toml names it correctly",
        ),
    )
    return next((reason for holds, reason in reasons if holds), f"it refused ({type(error).__name__} {sqlstate}".strip() + ")")
