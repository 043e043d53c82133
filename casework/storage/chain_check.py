"""Whether the chain of kept rows is whole: what is missing, altered, added past the tracker, or cut off at the end."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.storage.chain import CHAIN, LINKED, NAMES, contents, entry_hash
from data.databases.chain_head import Head
from data.databases.chain_links import broken_links, unlike_noted

NAME = "the chain of hashes"
RESTORE = "restore the backup"


def problems(session: Session, noted: Iterable[tuple[str, Head]] = ()) -> list[str]:
    """What is wrong, a sentence each. ``noted``: newest entries that were written down before, each with where."""
    entries = session.execute(select(CHAIN).order_by(CHAIN.c.position)).all()
    return [
        *broken_links(entries, Head(), _hash, NAME, RESTORE),
        *_rows(session, entries),
        *unlike_noted(entries, noted, NAME, RESTORE),
    ]


def _hash(entry) -> str:
    return entry_hash(entry.position, entry.table_name, entry.row_id, entry.content, entry.previous)


def _rows(session: Session, entries) -> list[str]:
    """Rows that are not as they were written, that are gone, and that no entry knows."""
    found = []
    for name in LINKED:
        linked = {entry.row_id: entry.content for entry in entries if entry.table_name == name}
        there = dict(contents(session, name))
        words = NAMES[name]
        for row_id, content in there.items():
            if row_id not in linked:
                found.append(
                    f"{words.capitalize()} {row_id} was not written by the tracker: no entry of the chain of hashes knows it."
                )
            elif linked[row_id] != content:
                found.append(
                    f"{words.capitalize()} {row_id} has changed since it was written: its content, author or time; {RESTORE}."
                )
        found += [f"{words.capitalize()} {row_id} is missing; {RESTORE}." for row_id in sorted(linked.keys() - there.keys())]
    return found
