"""Whether the record of access is whole: what was altered, removed, put in between, swapped, or cut off at the end."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Row, select, text

from access.record.entries import entry_hash, list_hash
from access.record.record import AccessRecord
from access.record.tables import ENTRY, LIST
from data.databases import chain_head
from data.databases.chain_head import Head
from data.databases.chain_links import broken_links, unlike_noted

NAME = "the record of access"
ASK = "somebody has changed the record, or the disk has; find out who could"


def problems(record: AccessRecord, noted: Head | None = None) -> list[str]:
    """What is wrong, a sentence each; empty when all is well. ``noted``: a newest entry that somebody wrote down before."""
    found, known = _head(record)
    if noted:
        known.append(("the note", noted))
    with record.reading() as connection:
        if record.path and (said := connection.execute(text("pragma integrity_check")).scalar()) != "ok":
            return [*found, f"The file {record.path} is damaged: {said}."]
        entries = connection.execute(select(ENTRY).order_by(ENTRY.c.position)).all()
        return [
            *found,
            *broken_links(entries, _begins(entries), _hash, NAME, ASK),
            *_lists(connection, entries),
            *unlike_noted(entries, known, NAME, ASK),
        ]


def newest_entry(record: AccessRecord) -> Head:
    """The newest entry, to be written down outside the tracker."""
    with record.reading() as connection:
        return record.newest(connection)


def _head(record: AccessRecord) -> tuple[list[str], list[tuple[str, Head]]]:
    """The newest entry that the store's file names, with where; or what is wrong with the file."""
    unknown = "so it is not known whether the end of the record was cut off"
    try:
        kept = chain_head.read(record.head_file)
    except (OSError, chain_head.HeadUnreadable):
        return [f"{record.head_file} cannot be read, {unknown}."], []
    if kept:
        return [], [(str(record.head_file), kept)]
    with record.reading() as connection:
        begun = record.newest(connection) != Head()
    return ([f"{record.head_file} is missing, {unknown}."] if begun else []), []


def _begins(entries: Sequence[Row]) -> Head:
    """What the first entry follows: where retention has removed some, the last of those, which stands in the newest removal."""
    removals = [entry for entry in entries if entry.removed_to is not None]
    return Head(removals[-1].removed_to, removals[-1].sha256) if removals else Head()


def _hash(entry: Row) -> str:
    return entry_hash(dict(entry._mapping))


def _lists(connection: Connection, entries: Sequence[Row]) -> list[str]:
    """Lists of children that are not as they were shown."""
    kept: dict[str, list[str]] = {}
    for made, child in connection.execute(select(LIST.c.list_hash, LIST.c.child_id)):
        kept.setdefault(made, []).append(child)
    sound = {made for made, children in kept.items() if list_hash(children) == made}
    first = {entry.list_hash: entry.position for entry in reversed(entries) if entry.list_hash}
    changed = sorted(position for made, position in first.items() if made not in sound)
    return [f"The list of children of entry {position} is not as it was shown; {ASK}." for position in changed]
