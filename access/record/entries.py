"""What the record of access holds: an entry, its hash, and the hash of a list of children."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from enum import Enum

from data.errors import TrackerError


class AccessRecordError(TrackerError):
    """The record of access cannot be written or read; nothing may be shown without it."""


class Kind(Enum):
    """What happened."""

    PAGE = "page"
    CHILDREN = "children"
    FILE = "file"
    COMMAND = "command"
    NOT_FOUND = "not found"
    REFUSED = "refused"
    SIGNED_OUT = "signed out everywhere"
    REMOVED = "entries removed"


@dataclass(frozen=True)
class Visitor:
    """Who looks, and from where. ``session``: which browser session, by a short hash; empty on the command line."""

    identity: str
    place: str
    session: str = ""


@dataclass(frozen=True)
class Shown:
    """What is about to be shown or given: identifiers, never names.

    ``subject``: the page by its file stem, the file by its name, or the command. ``choices``: what it is narrowed to, as the address
    has it; of what was not found, its kind alone; nothing of a page that was refused. ``children``: the identifiers in it. ``sha256``:
    the hash of a file.
    """

    kind: Kind
    subject: str
    choices: str = ""
    night: str = ""
    as_at: date | None = None
    children: tuple[str, ...] = ()
    sha256: str = ""

    @property
    def digest(self) -> str:
        """The same for the same thing: what a session has been shown already is not recorded again."""
        held = (self.kind.value, self.subject, self.choices, self.night, str(self.as_at), list_hash(self.children), self.sha256)
        return hashlib.sha256(json.dumps(held).encode()).hexdigest()


@dataclass(frozen=True)
class Entry:
    """One entry of the record, as it is kept. ``list_hash`` names its children (``access_list``). ``removed_to``: for the removal of old
    entries, the last that was removed, whose hash is ``sha256``."""

    position: int
    at: datetime
    identity: str
    place: str
    session: str
    kind: str
    subject: str
    choices: str
    night: str
    as_at: date | None
    children: int
    list_hash: str
    sha256: str
    removed_to: int | None
    previous: str
    hash: str


# What an entry's hash covers, in this order. A column that is added later needs a version of its own.
HASHED = tuple(field.name for field in fields(Entry) if field.name != "hash")


def moment(at: datetime) -> str:
    """A moment as it is kept: UTC to the microsecond, so that its text sorts as the time does."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def entry_hash(values: dict[str, object]) -> str:
    """The hash of an entry as it is kept (``at`` and ``as_at`` as text), which covers the hash of the entry before."""
    return hashlib.sha256(json.dumps([values[name] for name in HASHED], ensure_ascii=False).encode()).hexdigest()


def list_hash(children: Iterable[str]) -> str:
    """The hash of a list of children, whatever their order; empty for none."""
    identifiers = sorted(set(children))
    return hashlib.sha256(json.dumps(identifiers).encode()).hexdigest() if identifiers else ""


def as_rows(
    entries: Iterable[Entry], say_moment: Callable[[datetime], object], say_day: Callable[[date | None], object]
) -> list[dict]:
    """Entries to be read by people or programs, each with its moment (UTC) and day as they are said there."""
    return [
        {
            "at": say_moment(entry.at),
            "identity": entry.identity,
            "from_place": entry.place,
            "accessed": entry.kind,
            "subject": entry.subject,
            "choices": entry.choices,
            "night": entry.night,
            "as_at": say_day(entry.as_at),
            "children": entry.children,
            "sha256": entry.sha256,
        }
        for entry in entries
    ]
