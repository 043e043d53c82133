"""A published night: its folder, its manifest, its hashes, and the one way to open it.

    nights/2026-10-31-0042-9f86d081/
        manifest.json       as_at, published_at, sequence, extracts_hash, what the load reported, and every file's hash
        restrictions.json   whose records are restricted, as the store keeps it too (see data/restrictions/restrictions_file.py)
        tracker.duckdb      what the app and the command line read
        tables/*.parquet    the typed extracts

A folder is a night when its manifest can be read and its seal (the hash of the manifest itself) fits. It is sound when every
file is as the manifest says. Nothing in it ever changes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

import duckdb

from data.errors import TrackerError
from data.night import durable

MANIFEST = "manifest.json"
DATABASE = "tracker.duckdb"
TABLES = "tables"
NAME = re.compile(r"(?P<as_at>\d{4}-\d{2}-\d{2})-(?P<sequence>\d{4,})-(?P<extracts>[0-9a-f]{8})")

# Read-only still reads other files, copies and attaches, so all of that is shut off, and locked. Without a temporary folder
# nothing about a child is spilled beside the night. One configuration for everyone: DuckDB shares an instance by path within a
# process and refuses a second configuration.
CONNECTION: Final[dict[str, str | bool | int | float | list[str]]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "temp_directory": "",
    "memory_limit": "4GB",
    "threads": "2",
    "max_execution_time": "30000",
    "lock_configuration": "true",
}
# Set after a night is attached to a database in memory, in this order: with these on, nothing can be attached.
LAST_SET = ("enable_external_access", "lock_configuration")


class StoreError(TrackerError):
    """The store cannot do what was asked; the message is one sentence or two, and the night shown is untouched."""


@dataclass(frozen=True)
class Night:
    """One published night. ``as_at`` is the day of its extracts, ``published_at`` the UTC time of its publication."""

    name: str
    folder: Path
    as_at: date
    published_at: datetime
    manifest: dict = field(compare=False, repr=False)

    @property
    def database(self) -> Path:
        return self.folder / DATABASE

    @property
    def tables(self) -> Path:
        return self.folder / TABLES

    @property
    def sequence(self) -> int:
        """Its place in the order of publication; later is higher, and no two nights share one."""
        return self.manifest["sequence"]

    @property
    def corrects(self) -> tuple[str, ...]:
        """The names of the nights of the same extracts that had a wrong date, in place of which this one was published."""
        return tuple(self.manifest.get("corrects", ()))


def night_name(as_at: date, sequence: int, extracts_hash: str) -> str:
    """``<as_at>-<sequence, four digits or more>-<first 8 of the extracts' hash>``. Raises StoreError for a hash that is none."""
    name = f"{as_at.isoformat()}-{sequence:04d}-{extracts_hash[:8].lower()}"
    if not NAME.fullmatch(name):
        raise StoreError(f"{extracts_hash!r} is not the hash of a set of extracts: eight or more of 0-9 and a-f.")
    return name


@lru_cache(maxsize=4096)
def sequence_in(name: str | None) -> int:
    """The sequence in a night's name; 0 for what is no night's name."""
    found = NAME.fullmatch(name or "")
    return int(found["sequence"]) if found else 0


def seal(content: dict) -> str:
    """The hash of a manifest's content, its own ``seal`` apart."""
    plain = {key: value for key, value in content.items() if key != "seal"}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@lru_cache(maxsize=4096)
def _read(folder: Path, _stamp: tuple) -> Night | None:
    try:
        content = json.loads((folder / MANIFEST).read_bytes())
        if content["seal"] != seal(content) or content["name"] != folder.name or DATABASE not in content["files"]:
            return None
        as_at, published_at = date.fromisoformat(content["as_at"]), datetime.fromisoformat(content["published_at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None  # documented: such a folder is no night, whatever ails it
    return Night(folder.name, folder, as_at, published_at, content)


def night_in(folder: Path) -> Night | None:
    """The night in a folder, or None where its manifest is missing, cut short or damaged. Costs one stat once it is known."""
    try:
        return _read(folder, stamp(folder / MANIFEST)) if NAME.fullmatch(folder.name) else None
    except OSError:
        return None  # no manifest: no night


def stamp(path: Path) -> tuple[int, int, int]:
    """What changes when a file does: its size and times. Raises OSError where there is none."""
    status = os.stat(path)
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def files_in(folder: Path) -> dict[str, Path]:
    """Every file below a folder by its path with ``/``, in order."""
    start = len(str(folder)) + 1
    found = [os.path.join(above, name) for above, _, names in os.walk(folder) for name in names]
    return {path[start:].replace(os.sep, "/"): Path(path) for path in sorted(found, key=lambda path: path.split(os.sep))}


def _fault(path: Path, entry: dict) -> str | None:
    try:
        size = path.stat().st_size
        if size != entry["bytes"]:
            return f"is {size:,} bytes long instead of {entry['bytes']:,}"
        return None if durable.sha256(path) == entry["sha256"] else "has changed since it was published"
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read ({error.strerror})"


def faults(night: Night) -> list[str]:
    """Every file of a night that has changed since it was published, by hash: ``<file> <what is wrong>``."""
    listed = night.manifest["files"]
    found = [f"{name} {fault}" for name, entry in listed.items() if (fault := _fault(night.folder / name, entry))]
    strangers = [name for name in files_in(night.folder) if name not in listed and name.endswith((".wal", ".parquet"))]
    return found + [f"{name} was not there when it was published" for name in strangers]


_seen: dict[Path, tuple[tuple, list[str]]] = {}
_one_at_a_time = threading.Lock()


def known_faults(night: Night) -> list[str]:
    """``faults``, hashed once in a process for as long as no file's size or times change; then it costs a stat a file."""
    with _one_at_a_time:
        try:
            stamps = tuple((name, stamp(path)) for name, path in files_in(night.folder).items())
        except OSError:
            return faults(night)  # a file vanished between two looks: say so afresh, and remember nothing
        if night.folder not in _seen or _seen[night.folder][0] != stamps:
            _seen[night.folder] = stamps, faults(night)
        return _seen[night.folder][1]


def open_night(night: Night) -> duckdb.DuckDBPyConnection:
    """A read-only connection to one night that can reach nothing else; take a ``.cursor()`` for every thread and query.

    Supply every ``$name`` of a statement: DuckDB refuses one that is missing, unless somebody has used ``set variable``, which
    fills it in silence; so nothing here ever does. Raises StoreError.
    """
    try:
        return duckdb.connect(str(night.database), read_only=True, config=CONNECTION)
    except duckdb.Error as error:
        raise StoreError(f"The data load {night.name} cannot be opened: {first_line(error)}") from error


def open_beside(night: Night) -> duckdb.DuckDBPyConnection:
    """A connection to a new in-memory database (``memory``) with one night attached, to be read only, under the name
    that it has when it is opened alone (its file's stem). It can reach no other file.

    Tables made there are seen by every ``.cursor()`` of it, once that has set its search path. Raises StoreError.
    """
    try:
        connection = duckdb.connect(":memory:", config={name: CONNECTION[name] for name in CONNECTION if name not in LAST_SET})
        connection.execute(f"attach $path as {night.database.stem} (read_only)", {"path": str(night.database)})
        for name in LAST_SET:
            connection.execute(f"set {name} = {CONNECTION[name]}")
    except duckdb.Error as error:
        raise StoreError(f"The data load {night.name} cannot be opened: {first_line(error)}") from error
    return connection


@contextmanager
def attached(connection: duckdb.DuckDBPyConnection, night: Night) -> Iterator[None]:
    """Another night's database beside this connection's own, to be read only, under the name ``earlier``."""
    connection.execute("attach $path as earlier (read_only)", {"path": str(night.database)})
    try:
        yield
    finally:
        connection.execute("detach earlier")


def first_line(error: Exception) -> str:
    """What an error says, as one line that ends in a full stop."""
    text = str(error).strip()
    if isinstance(error, OSError) and error.strerror:
        text = f"{error.strerror} ({error.filename})" if error.filename else error.strerror
    return (text.splitlines()[0] if text else type(error).__name__).rstrip(".") + "."
