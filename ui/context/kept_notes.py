"""What readers leave behind, written down in the store so that a restart of the server loses none.

Words not yet saved are in one small file a browser, which goes when nobody has written in that browser for two weeks. What somebody who
signs in has chosen (columns, the first page, when they last looked) is in one small file a person, which goes when they have not used the
tracker for 400 days. A file is for this account only, and is replaced whole.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

from casework.records.errors import Conflict
from casework.records.records import Action, Discussion, Note
from data.night import durable

LOG = logging.getLogger("tracker.app")
DRAFTS, CHOICES = "drafts", "choices"
DAY = 24 * 3600  # seconds
# Since the last words were written; since the choices were last used.
KEPT_SECONDS = {DRAFTS: 14 * DAY, CHOICES: 400 * DAY}


Record = TypeVar("Record", Discussion, Action, Note)


@dataclass
class Draft(Generic[Record]):
    """``base``: the record that the writing began from; ``values``: the fields written since; ``conflicts``: what met another's."""

    base: Record
    values: dict[str, object] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    who: str = ""
    at: datetime | None = None


RECORDS: dict[str, Callable[..., object]] = {kind.__name__: kind for kind in (Action, Conflict, Discussion, Draft, Note)}


def place(store: Path, browser: str) -> Path:
    """The file about one browser."""
    return store / DRAFTS / f"{browser}.json"


def place_of_person(store: Path, person: str) -> Path:
    """The file about one person. ``person``: a hash that stands for them."""
    return store / CHOICES / f"{person}.json"


def use(file: Path) -> None:
    """Note that a file is used, so that it is kept for longer."""
    with suppress(OSError):
        os.utime(file)


def read(file: Path) -> dict:
    """What was written down; nothing where there is no file, or one that this program cannot read (which is logged)."""
    try:
        found = _from_plain(json.loads(file.read_text(encoding="utf-8")))
        if not isinstance(found, dict):
            raise TypeError("not notes")
        return found
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError) as error:
        # The words themselves never reach the log.
        LOG.error("the notes in %s cannot be read: %s", file, type(error).__name__)
        return {}


def write(file: Path, notes: dict) -> None:
    """Write everything down. A disk that refuses is logged: the words are still in memory, and saving them does not need the file."""
    try:
        durable.make_folder(file.parent)
        durable.write_text(file, json.dumps(_plain(notes)))
        _tidy(file.parent)
    except OSError as error:
        LOG.error("the notes cannot be written to %s: %s", file, error.strerror)


def _tidy(folder: Path) -> None:
    """Remove what was left behind long ago."""
    for old in folder.glob("*.json"):
        if old.stat().st_mtime < time.time() - KEPT_SECONDS[folder.name]:
            old.unlink(missing_ok=True)


def _plain(value: object) -> object:
    """A value as JSON; what JSON does not know stands with its kind."""
    if is_dataclass(value):
        return {"is": type(value).__name__, "of": {one.name: _plain(getattr(value, one.name)) for one in fields(value)}}
    if isinstance(value, datetime):
        return {"is": "moment", "of": value.isoformat()}
    if isinstance(value, date):
        return {"is": "day", "of": value.isoformat()}
    if isinstance(value, (frozenset, set)):
        return {"is": "set", "of": sorted(value)}
    if isinstance(value, (list, tuple)):
        return {"is": "list", "of": [_plain(one) for one in value]}
    if isinstance(value, dict):
        return {"is": "notes", "of": {name: _plain(one) for name, one in value.items()}}
    return value


def _from_plain(value: object) -> object:
    if not isinstance(value, dict):
        return value
    kind, held = value["is"], value["of"]
    ways: dict[str, Callable[[Any], object]] = {
        "moment": datetime.fromisoformat,
        "day": date.fromisoformat,
        "set": frozenset,
        "list": lambda every: tuple(_from_plain(one) for one in every),
        "notes": lambda every: {name: _from_plain(one) for name, one in every.items()},
    }
    if kind in ways:
        return ways[kind](held)
    return RECORDS[kind](**{name: _from_plain(one) for name, one in held.items()})
