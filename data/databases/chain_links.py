"""What is wrong with a chain of hashes, in sentences: an entry that is missing, does not follow or has changed, an end cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import Row

from data.databases.chain_head import Head
from data.sentences import begins


def broken_links(entries: Sequence[Row], begins: Head, hash_of: Callable[[Row], str], name: str, to_do: str) -> list[str]:
    """Entries that are missing, do not follow from the one before, or have changed. ``begins``: what the first follows."""
    found, before = [], begins
    for entry in entries:
        expected = before.position + 1
        if entry.position != expected:
            gone = f"Entry {expected} is" if entry.position == expected + 1 else f"Entries {expected} to {entry.position - 1} are"
            found.append(f"{gone} missing from {name}; {to_do}.")
        elif entry.previous != before.hash:
            found.append(f"Entry {entry.position} of {name} does not follow from entry {before.position}; {to_do}.")
        if entry.hash != hash_of(entry):
            found.append(f"Entry {entry.position} of {name} has changed since it was written; {to_do}.")
        before = Head(entry.position, entry.hash)
    return found


def unlike_noted(entries: Sequence[Row], noted: Iterable[tuple[str, Head]], name: str, to_do: str) -> list[str]:
    """Where the chain is not as a newest entry says that was written down before. ``noted``: each with where it stands.

    An entry that is there no more, but for the end, says nothing: ``broken_links`` names what is missing.
    """
    hashes = {entry.position: entry.hash for entry in entries}
    newest = max(hashes, default=0)
    found = []
    for where, head in noted:
        if head.position > newest:
            found.append(
                f"{begins(name)} ends at entry {newest}, but {where} names entry {head.position}: "
                f"the last {head.position - newest} have been cut off, or an older copy was put in place; {to_do}."
            )
        elif hashes.get(head.position, head.hash) != head.hash:
            found.append(f"Entry {head.position} of {name} is not the one that {where} names; {to_do}.")
    return found
