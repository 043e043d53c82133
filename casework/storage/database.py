"""Opening the panel's records: a SQLite file in the store, or the PostgreSQL database that the council's settings name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from casework.records.actor import Actor
from casework.records.errors import CaseworkError
from casework.storage import chain
from data.databases import chain_head, opening
from data.sentences import begins
from data.settings import Settings

FILE_NAME = "casework.db"
HEAD_FILE_NAME = "casework.head"


def utc_now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Casework:
    """The panel's records, opened. Safe to share between threads. ``words`` says where they are, without any password.

    ``actor``: the person on whose page they are read and written; None for the analyst's own commands, which see and write everything.
    ``clock`` gives the moment that the history writes down; ``head_file`` names the newest entry of its chain (``casework.head``).
    """

    engine: Engine
    words: str
    path: Path | None = None
    head_file: Path | None = None
    clock: Callable[[], datetime] = utc_now
    actor: Actor | None = None

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
            chain_head.move(self.head_file, newest)

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

    Raises CaseworkError for a SQLite file on a network share; ``mounts`` is the system's table of mounts (``data.databases.shares``).
    """
    folder = Path(store or settings.folder or "store").absolute()
    if not settings.casework_database:
        return _sqlite(folder / FILE_NAME, mounts)
    try:
        url = opening.database_url(settings.casework_database)
    except opening.CannotOpen as error:
        raise CaseworkError(str(error)) from error
    if url.get_backend_name() == "sqlite":
        return _sqlite(folder / (url.database or FILE_NAME), mounts)
    return Casework(opening.postgresql(url), opening.words(url), head_file=folder / HEAD_FILE_NAME)


def _sqlite(path: Path, mounts: str | None = None) -> Casework:
    try:
        engine = opening.sqlite(path, "the panel's records", mounts)
    except opening.CannotOpen as error:
        raise CaseworkError(str(error)) from error
    return Casework(engine, f"the panel's records {path}", path, path.with_name(HEAD_FILE_NAME))


def refusal(where: str, error: SQLAlchemyError) -> CaseworkError:
    """What went wrong with the database in one sentence. The driver's own words may hold values or a password, so they are not used."""
    return CaseworkError(f"{begins(where)}: {opening.why_refused(error)}.")
