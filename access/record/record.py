"""Writing and reading the record of access: in ``access.db`` of the store, or in the PostgreSQL database that holds the panel's records.

It is kept apart from ``casework.db``, so that putting back a backup of the panel's records does not put back the record of access.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Column, ColumnElement, Connection, Engine, Row, Select, func, insert, or_, select, text
from sqlalchemy.exc import SQLAlchemyError

from access.record.entries import AccessRecordError, Entry, Kind, Shown, Visitor, entry_hash, list_hash, moment
from access.record.tables import ENTRY, LIST, make
from data.databases import chain_head, opening
from data.databases.chain_head import Head
from data.sentences import begins
from data.settings import Settings

FILE_NAME, HEAD_FILE_NAME = "access.db", "access.head"
MOST = 500
PUT_BACK = "Put it back, or its newest backup and then remove access.head, and start the app again."


def utc_now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class AccessRecord:
    """The record of access, opened. Safe to share between threads; several processes may write to one record.

    ``words``: where it is, without any password. ``head_file`` names the newest entry, so that a cut at the end shows.
    """

    engine: Engine
    words: str
    path: Path | None
    head_file: Path
    clock: Callable[[], datetime] = utc_now
    _made: threading.Event = field(default_factory=threading.Event)
    _compared: threading.Event = field(default_factory=threading.Event)

    def add(self, visitor: Visitor, *things: Shown) -> None:
        """Write down what is about to be shown, and return when it is on the disk. Raises AccessRecordError: then show nothing."""
        if not things:
            return
        with self.writing() as connection:
            newest = self.newest(connection)
            for shown in things:
                newest = link(connection, newest, self.clock(), visitor, shown)
        self.moved(newest)

    def moved(self, newest: Head) -> None:
        """Note the newest entry in the store."""
        chain_head.move(self.head_file, newest, flush=False)

    @staticmethod
    def newest(connection: Connection) -> Head:
        """The newest entry."""
        found = connection.execute(select(ENTRY.c.position, ENTRY.c.hash).order_by(ENTRY.c.position.desc()).limit(1)).first()
        return Head(*found) if found else Head()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment of the record. Raises AccessRecordError."""
        self._make()
        with self._refusing(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection that holds the end of the chain until the block ends; what it wrote is kept together or not at all.

        Raises AccessRecordError, also where the record has gone or is older than the store says: nothing is written behind a gap.
        """
        self._make()
        if self.path and not self.path.exists():
            raise AccessRecordError(f"{self.begins} has been removed while it was in use. {PUT_BACK}")
        with self._refusing(), self.engine.execution_options(begin="immediate").begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("lock table access_entry in exclusive mode"))
            self._compare(connection)
            yield connection

    def _compare(self, connection: Connection) -> None:
        """Once, before the first entry of this process: whether the record is as far as the store's file says."""
        if self._compared.is_set():
            return
        try:
            kept = chain_head.read(self.head_file)
        except (OSError, chain_head.HeadUnreadable):
            kept = None  # ``access verify`` names it
        newest = self.newest(connection)
        if kept and kept.position > newest.position:
            raise AccessRecordError(
                f"{self.begins} ends at entry {newest.position}, but {self.head_file.name} names entry {kept.position}. {PUT_BACK}"
            )
        self._compared.set()

    @property
    def begins(self) -> str:
        """Where it is, as a sentence begins."""
        return begins(self.words)

    def _make(self) -> None:
        if not self._made.is_set():
            with self._refusing(), self.engine.execution_options(begin="immediate").begin() as connection:
                make(connection)
            self._made.set()

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            # Not "from error": the server's own words quote the row, and a log would show them.
            raise AccessRecordError(f"{self.begins}: {opening.why_refused(error)}.") from None

    def entries(self, asked: Asked) -> list[Entry]:
        """The entries that answer a question, the newest first. Raises AccessRecordError."""
        with self.reading() as connection:
            return [as_entry(row) for row in connection.execute(asked.select())]

    def children_of(self, entry: Entry) -> list[str]:
        """The identifiers of the children of an entry, in order."""
        with self.reading() as connection:
            found = connection.scalars(select(LIST.c.child_id).where(LIST.c.list_hash == entry.list_hash))
            return sorted(found)

    def files_since(self, identity: str, since: datetime) -> int:
        """How many files somebody has taken since a moment. Raises AccessRecordError."""
        taken = select(func.count()).where(
            ENTRY.c.kind == Kind.FILE.value, _is_of(ENTRY.c.identity, identity), ENTRY.c.at >= moment(since)
        )
        with self.reading() as connection:
            return connection.execute(taken).scalar_one()

    def signed_out_at(self, identity: str) -> datetime | None:
        """When somebody was last signed out everywhere; None if never."""
        with self.reading() as connection:
            newest = select(ENTRY.c.at).where(ENTRY.c.kind == Kind.SIGNED_OUT.value, _is_of(ENTRY.c.subject, identity))
            found = connection.execute(newest.order_by(ENTRY.c.position.desc()).limit(1)).scalar()
        return datetime.fromisoformat(found) if found else None

    def close(self) -> None:
        """Let every connection go."""
        self.engine.dispose()


@dataclass(frozen=True)
class Asked:
    """A question to the record: each field narrows it, and empty ones do not. ``first`` and ``last`` are days, in UTC.

    Capital letters of an identity make no difference, as in ``people.toml``.
    """

    child_ids: tuple[str, ...] = ()
    identity: str = ""
    kind: str = ""
    first: date | None = None
    last: date | None = None
    most: int = MOST

    def select(self) -> Select:
        """The question as a query."""
        query = select(ENTRY)
        if self.child_ids:
            lists = select(LIST.c.list_hash).where(LIST.c.child_id.in_(self.child_ids))
            query = query.where(ENTRY.c.list_hash.in_(lists))
        if self.identity:
            query = query.where(or_(_is_of(ENTRY.c.identity, self.identity), _is_of(ENTRY.c.subject, self.identity)))
        if self.kind:
            query = query.where(ENTRY.c.kind == self.kind)
        if self.first:
            query = query.where(ENTRY.c.at >= self.first.isoformat())
        if self.last:
            query = query.where(ENTRY.c.at < f"{self.last.isoformat()}U")  # U follows the T of a moment on that day
        return query.order_by(ENTRY.c.position.desc()).limit(self.most)


def _is_of(column: Column, identity: str) -> ColumnElement[bool]:
    """Whether a column names a person, whatever the capital letters. SQLite lowers plain letters alone, so a name as it is counts too."""
    return or_(column == identity, func.lower(column) == identity.lower())


def as_entry(row: Row) -> Entry:
    """An entry as it is kept, with its moment and its day."""
    values = dict(row._mapping)
    as_at = date.fromisoformat(values["as_at"]) if values["as_at"] else None
    return Entry(**(values | {"at": datetime.fromisoformat(values["at"]), "as_at": as_at}))


def link(
    connection: Connection,
    newest: Head,
    at: datetime,
    visitor: Visitor,
    shown: Shown,
    removed_to: int | None = None,
) -> Head:
    """Put one entry behind the newest, in a transaction that holds the chain's end; gives the new one."""
    values: dict[str, object] = {
        "position": newest.position + 1,
        "at": moment(at),
        "identity": visitor.identity,
        "place": visitor.place,
        "session": visitor.session,
        "kind": shown.kind.value,
        "subject": shown.subject,
        "choices": shown.choices,
        "night": shown.night,
        "as_at": shown.as_at.isoformat() if shown.as_at else None,
        "children": len(set(shown.children)),
        "list_hash": _keep_list(connection, shown.children),
        "sha256": shown.sha256,
        "removed_to": removed_to,
        "previous": newest.hash,
    }
    made = entry_hash(values)
    connection.execute(insert(ENTRY).values(**values, hash=made))
    return Head(newest.position + 1, made)


def _keep_list(connection: Connection, children: Iterable[str]) -> str:
    """Keep a list of children where it is not kept yet; gives its hash."""
    identifiers = sorted(set(children))
    made = list_hash(identifiers)
    if identifiers and connection.execute(select(LIST.c.child_id).where(LIST.c.list_hash == made).limit(1)).first() is None:
        connection.execute(insert(LIST), [{"list_hash": made, "child_id": child} for child in identifiers])
    return made


def open_access_record(settings: Settings, store: Path | None = None, mounts: str | None = None) -> AccessRecord:
    """The record of access of a store; nothing is asked of it yet. Raises AccessRecordError when it cannot be opened."""
    folder = Path(store or settings.folder or "store").absolute()
    head_file = folder / HEAD_FILE_NAME
    try:
        url = opening.database_url(settings.casework_database) if settings.casework_database else None
        if url and url.get_backend_name() == "postgresql":
            return AccessRecord(opening.postgresql(url), f"the record of access in {opening.words(url)}", None, head_file)
        path = folder / FILE_NAME
        return AccessRecord(opening.sqlite(path, "the record of access", mounts), f"the record of access {path}", path, head_file)
    except opening.CannotOpen as error:
        raise AccessRecordError(str(error)) from error
