"""Opening the panel's records: a SQLite file in the store, or the PostgreSQL database that the council's settings name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from casework.records.errors import CaseworkError
from casework.storage import chain, head
from casework.storage.shares import share_of
from data.database_address import shown
from data.night import durable
from data.settings import Settings

FILE_NAME = "casework.db"
BUSY_SECONDS = 20
CONNECT_SECONDS = 10


def utc_now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Casework:
    """The panel's records, opened. Safe to share between threads. ``words`` says where they are, without any password.

    ``clock`` gives the moment that the history writes down; ``head_file`` names the newest entry of its chain (``casework.head``).
    """

    engine: Engine
    words: str
    path: Path | None = None
    head_file: Path | None = None
    clock: Callable[[], datetime] = utc_now

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment of the records. Raises CaseworkError when they cannot be reached."""
        with self._refusing(), Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are kept together when the block ends, and not at all when it fails. Raises CaseworkError.

        What is kept permanently is linked into the chain of hashes before the transaction ends.
        """
        writer = self.engine.execution_options(begin="immediate")
        with self._refusing(), Session(writer, expire_on_commit=False) as session:
            event.listen(session, "after_flush", chain.collect)
            with session.begin():
                session.info["clock"] = self.clock
                yield session
                newest = chain.append(session)
        if newest and self.head_file:
            head.move(self.head_file, newest)

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            # Not "from error": the server's own words quote the row, and a log would show them.
            raise refusal(self.words, error) from None

    def close(self) -> None:
        """Let every connection go."""
        self.engine.dispose()


def has_records(settings: Settings, store: Path | None = None) -> bool:
    """Whether there is a place where panels' records may be kept already."""
    return bool(settings.casework_database) or (Path(store or settings.folder or "store") / FILE_NAME).exists()


def connect(settings: Settings, store: Path | None = None, mounts: str | None = None) -> Casework:
    """The panel's records as they are, of whatever version; nothing is read yet.

    Raises CaseworkError for a SQLite file on a network share; ``mounts`` is the system's table of mounts (``casework.storage.shares``).
    """
    folder = Path(store or settings.folder or "store").absolute()
    if not settings.casework_database:
        return _sqlite(folder / FILE_NAME, mounts)
    url = database_url(settings.casework_database)
    if url.get_backend_name() == "sqlite":
        return _sqlite(folder / (url.database or FILE_NAME), mounts)
    engine = create_engine(
        url,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"connect_timeout": CONNECT_SECONDS, "application_name": "permanence-tracker"},
    )
    return Casework(engine, words(url), head_file=folder / head.FILE_NAME)


def database_url(text: str) -> URL:
    """The address that ``casework_database`` gives. Raises CaseworkError without repeating it, since it may hold a password."""
    try:
        url = make_url(text)
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        if url.drivername not in ("sqlite", "postgresql+psycopg"):
            raise ArgumentError(f"{url.drivername} is not known")
    except (ArgumentError, ValueError) as error:
        raise CaseworkError(
            'casework_database in settings.toml cannot be used; leave it "" for a file in the store, '
            'or write it as "postgresql://user@server/database".'
        ) from error
    return url


def words(url: URL) -> str:
    """Where a database is, without its password."""
    return f"the PostgreSQL database {shown(url.database)} on {shown(url.host) or 'this machine'}"


def _sqlite(path: Path, mounts: str | None = None) -> Casework:
    if share := share_of(path.parent, mounts):
        raise CaseworkError(
            f"The panel's records cannot be kept in {path}: it is on a network share ({share}), where two people writing at once can "
            "damage the file. Put the store on a disk of this machine, or name a PostgreSQL database as casework_database in settings.toml."
        )
    try:
        durable.make_folder(path.parent)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.close(descriptor)
        durable.restrict(path)
    except OSError as error:
        raise CaseworkError(f"The panel's records {path} cannot be opened: {error.strerror}.") from error
    # What is written about a child never stands in an error or a log (hide_parameters).
    address = URL.create("sqlite", database=str(path))
    engine = create_engine(address, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Casework(engine, f"the panel's records {path}", path, path.with_name(head.FILE_NAME))


def _prepare_sqlite(connection, _record) -> None:
    # The driver's own transactions would begin only at the first write; ours begin when we say so (_begin_sqlite).
    connection.isolation_level = None
    for pragma in ("foreign_keys = on", "journal_mode = wal", "synchronous = full", f"busy_timeout = {BUSY_SECONDS * 1000}"):
        connection.execute(f"pragma {pragma}")


def _begin_sqlite(connection) -> None:
    # A writer takes its place at once, so that what it read cannot be overtaken before it writes.
    kind = connection.get_execution_options().get("begin", "deferred")
    connection.exec_driver_sql("begin immediate" if kind == "immediate" else "begin")


def refusal(where: str, error: SQLAlchemyError) -> CaseworkError:
    """What went wrong with the database in one sentence. The driver's own words may hold values or a password, so they are not used."""
    sqlstate = getattr(getattr(error, "orig", None), "sqlstate", None) or ""
    said = str(getattr(error, "orig", "")).casefold()
    reasons = (
        ("locked" in said or sqlstate == "55P03", "somebody else is writing in it; try again in a moment"),
        ("disk is full" in said or sqlstate == "53100", "the disk is full; make room and try again"),
        ("readonly" in said or sqlstate == "25006", "it can only be read; this account needs permission to write to it"),
        ("not a database" in said or "malformed" in said, "the file is damaged; restore it from the backup"),
        ("kept for good" in said, "what a panel froze, what was published and the history of changes are kept for good"),
        (sqlstate.startswith("28") or "password" in said, "it did not accept this account or its password"),
        (sqlstate == "42501", "this account may not do that in it"),
        (isinstance(error, DBAPIError) and error.connection_invalidated, "the connection was lost; try again"),
        (
            type(error).__name__ == "OperationalError",
            "it cannot be reached; check that it is running and that settings.toml names it correctly",
        ),
    )
    reason = next((reason for holds, reason in reasons if holds), f"it refused ({type(error).__name__} {sqlstate}".strip() + ")")
    return CaseworkError(f"{where[0].upper()}{where[1:]}: {reason}.")
