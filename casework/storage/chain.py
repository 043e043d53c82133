"""The chain of hashes over everything that is kept permanently: the history, frozen panels, drafts, publications and their files.

Each entry carries the hash of one row, as it was written, and the hash of the entry before. So no row can be altered, removed or put
in between without the chain showing it, and a chain that was cut off at its end is shorter than ``casework.head`` says.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime

from sqlalchemy import JSON, Connection, Date, Integer, LargeBinary, Text, column, insert, select, table, text
from sqlalchemy.orm import Session

from casework.records.models import Moment
from data.databases.chain_head import Head

# The rows that are linked, by the columns that their hash covers. Migrations link older rows with these too, so they are written out here
# and do not follow the models: a column added later needs a version of its own.
KEYS = {"revision": "id", "publication": "id", "frozen_panel": "panel_id", "draft": "id", "publication_file": "id"}
NAMES = {
    "revision": "change",
    "publication": "publication",
    "frozen_panel": "frozen panel",
    "draft": "draft",
    "publication_file": "file of a published pack",
}
LINKED = {
    "revision": table(
        "revision",
        column("id", Integer),
        column("entity", Text),
        column("entity_id", Integer),
        column("version", Integer),
        column("based_on", Integer),
        column("before", JSON),
        column("after", JSON),
        column("who", Text),
        column("at", Moment),
    ),
    "publication": table(
        "publication",
        column("id", Integer),
        *(column(name, Text) for name in ("kind", "period", "published_by", "night_name", "cells", "pattern", "sha256")),
        column("published_at", Moment),
    ),
    "frozen_panel": table(
        "frozen_panel",
        column("panel_id", Integer),
        column("as_at", Date),
        *(column(name, Text) for name in ("night_name", "night_hash", "frozen_by", "content_hash")),
        column("frozen_at", Moment),
    ),
    "draft": table(
        "draft",
        column("id", Integer),
        *(column(name, Text) for name in ("kind", "period", "made_by", "night_name", "night_hash", "basis", "reasons")),
        column("made_at", Moment),
        column("cells", LargeBinary),
        column("answer", LargeBinary),
    ),
    "publication_file": table(
        "publication_file",
        column("id", Integer),
        column("publication_id", Integer),
        *(column(name, Text) for name in ("what", "sha256")),
        column("content", LargeBinary),
    ),
}
CHAIN = table(
    "chain",
    column("position", Integer),
    *(column(name, Text) for name in ("table_name", "content", "previous", "hash")),
    column("row_id", Integer),
)
WRITTEN = "kept rows written"


def head(session: Session | Connection) -> Head:
    """The newest entry."""
    found = session.execute(select(CHAIN.c.position, CHAIN.c.hash).order_by(CHAIN.c.position.desc()).limit(1)).first()
    return Head(*found) if found else Head()


def newest_of(session: Session, *tables: str) -> tuple[str, tuple[str, int] | None]:
    """The hash of the newest entry about one of these tables, and its row: anyone who read it can tell whether another joined since."""
    columns = CHAIN.c.hash, CHAIN.c.table_name, CHAIN.c.row_id
    newest = select(*columns).where(CHAIN.c.table_name.in_(tables)).order_by(CHAIN.c.position.desc()).limit(1)
    found = session.execute(newest).first()
    return (found.hash, (found.table_name, found.row_id)) if found else ("", None)


def lock(session: Session | Connection) -> None:
    """Hold the end of the chain until the transaction ends. A SQLite writer holds the whole file already."""
    connection = session.connection() if isinstance(session, Session) else session
    if connection.dialect.name == "postgresql":
        connection.execute(text("lock table chain in exclusive mode"))


def collect(session: Session, _context=None) -> None:
    """Remember the kept rows that a flush is writing (an event of the session)."""
    for row in session.new:
        if row.__tablename__ in LINKED:
            session.info.setdefault(WRITTEN, []).append(row)


def append(session: Session) -> Head | None:
    """Link what this transaction has kept, at its end; gives the newest entry, None where it kept nothing."""
    session.flush()
    rows = session.info.pop(WRITTEN, [])
    if not rows:
        return None
    lock(session)
    newest = head(session)
    for row in rows:
        name = row.__tablename__
        newest = _link(session, newest, name, getattr(row, KEYS[name]))
    return newest


def link_older(connection: Connection, tables: tuple[str, ...]) -> None:
    """Link the rows that were written before there was a chain (for migrations)."""
    newest = head(connection)
    for name in tables:
        key = LINKED[name].c[KEYS[name]]
        for row_id in connection.scalars(select(key).order_by(key)).all():
            newest = _link(connection, newest, name, row_id)


def entry_hash(position: int, table_name: str, row_id: int, content: str, previous: str) -> str:
    """The hash of an entry, which covers the hash of the entry before."""
    return hashlib.sha256("\n".join((str(position), table_name, str(row_id), content, previous)).encode()).hexdigest()


def contents(session: Session | Connection, name: str, row_id: int | None = None) -> Iterator[tuple[int, str]]:
    """The hash of every row of a table (or of one), as it is in the database, by its number."""
    linked, key = LINKED[name], KEYS[name]
    asked = select(linked).order_by(linked.c[key])
    if row_id is not None:
        asked = asked.where(linked.c[key] == row_id)
    for row in session.execute(asked).mappings():
        fields = {name: _plain(value) for name, value in row.items()}
        yield row[key], hashlib.sha256(json.dumps(fields, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _link(session: Session | Connection, newest: Head, name: str, row_id: int) -> Head:
    ((_, content),) = contents(session, name, row_id)
    position = newest.position + 1
    made = entry_hash(position, name, row_id, content, newest.hash)
    values = {"position": position, "table_name": name, "row_id": row_id, "content": content, "previous": newest.hash}
    session.execute(insert(CHAIN).values(**values, hash=made))
    return Head(position, made)


def _plain(value: object) -> object:
    """A value as JSON has it, the same from either database."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return hashlib.sha256(value).hexdigest() if isinstance(value, (bytes, memoryview)) else value
