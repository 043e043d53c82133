"""Whether the chain of kept rows is whole: what is missing, altered, added past the tracker, or cut off at the end."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.storage.chain import CHAIN, LINKED, NAMES, contents, entry_hash
from data.databases.chain_head import BEGINNING, Head

RESTORE = "restore the backup"


def problems(session: Session, noted: Iterable[tuple[str, Head]] = ()) -> list[str]:
    """What is wrong, a sentence each. ``noted``: newest entries that were written down before, each with where."""
    entries = session.execute(select(CHAIN).order_by(CHAIN.c.position)).all()
    return [*_links(entries), *_rows(session, entries), *_noted(entries, noted)]


def _links(entries) -> list[str]:
    """Entries that are missing between others, or do not follow from the one before."""
    found, previous, expected = [], BEGINNING, 1
    for entry in entries:
        if entry.position != expected:
            gone = f"Entry {expected} is" if entry.position == expected + 1 else f"Entries {expected} to {entry.position - 1} are"
            found.append(f"{gone} missing from the chain of hashes; {RESTORE}.")
        elif entry.previous != previous:
            found.append(f"Entry {entry.position} of the chain of hashes does not follow from entry {expected - 1}; {RESTORE}.")
        if entry.hash != entry_hash(entry.position, entry.table_name, entry.row_id, entry.content, entry.previous):
            found.append(f"Entry {entry.position} of the chain of hashes has changed since it was written; {RESTORE}.")
        previous, expected = entry.hash, entry.position + 1
    return found


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


def _noted(entries, noted: Iterable[tuple[str, Head]]) -> list[str]:
    hashes = {entry.position: entry.hash for entry in entries}
    newest = max(hashes, default=0)
    found = []
    for where, head in noted:
        if head.position > newest:
            found.append(
                f"The chain of hashes ends at entry {newest}, but {where} names entry {head.position}: "
                f"the last {head.position - newest} have been cut off, or an older copy was put in place; {RESTORE}."
            )
        elif head.position and hashes.get(head.position, head.hash) != head.hash:
            found.append(f"Entry {head.position} of the chain of hashes is not the one that {where} names; {RESTORE}.")
    return found
