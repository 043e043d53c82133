"""Lists of days that a night does not keep: computed once, in memory beside the night, and then read by anybody at the same time.

Each set of days has an in-memory database of its own, to which the night's file is attached read only. A lock is held while the tables
of a set are made, never while they are read, so that nobody waits for another person's reading.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

import duckdb

from data.night import Night, open_beside

DAYS_KEPT = 8

Days = tuple[date, ...]
Make = Callable[[duckdb.DuckDBPyConnection], None]


@dataclass(frozen=True)
class Database:
    """Where the tables of a set of days are made, and the schemas in which a name is looked for, in order."""

    connection: duckdb.DuckDBPyConnection
    schemas: tuple[str, ...]

    def cursor(self) -> duckdb.DuckDBPyConnection:
        cursor = self.connection.cursor()
        cursor.execute(f"set search_path = '{','.join(self.schemas)}'")
        return cursor


def beside(night: Night) -> Callable[[Days], Database]:
    """What opens a database in memory beside a night, for each set of days."""
    return lambda days: Database(open_beside(night), ("memory.main", f"{night.database.stem}.main"))


@dataclass
class _Tables:
    """The database of a set of days, and what has been made in it."""

    lock: Lock = field(default_factory=Lock)
    database: Database | None = None
    made: set[str] = field(default_factory=set)


class ComputedDays:
    """What has been computed beside one night. Safe to share between threads."""

    def __init__(self, open_database: Callable[[Days], Database]) -> None:
        self._open_database = open_database
        self._tables: OrderedDict[Days, _Tables] = OrderedDict()
        self._lock = Lock()

    def _of(self, days: Days) -> _Tables:
        """The tables of a set of days. Those asked for longest ago make room; whoever still reads them keeps them alive."""
        with self._lock:
            tables = self._tables.setdefault(days, _Tables())
            self._tables.move_to_end(days)
            if len(self._tables) > DAYS_KEPT:
                self._tables.popitem(last=False)
            return tables

    @contextmanager
    def cursor(self, days: Days, steps: dict[str, Make]) -> Iterator[duckdb.DuckDBPyConnection]:
        """A new cursor over the tables of these days, then those of the night.

        ``steps`` make the tables, each once and in this order. A step that fails leaves nothing behind, is tried again
        by the next who asks, and its error passes through.
        """
        tables = self._of(days)
        with tables.lock:
            if tables.database is None:
                tables.database = self._open_database(days)
            for name, make in steps.items():
                if name not in tables.made:
                    with tables.database.cursor() as cursor:
                        _make_whole(cursor, make)
                    tables.made.add(name)
        with tables.database.cursor() as reading:
            yield reading


def _make_whole(cursor: duckdb.DuckDBPyConnection, make: Make) -> None:
    """All of a step's tables, or none of them."""
    cursor.begin()
    try:
        make(cursor)
    except BaseException:
        cursor.rollback()
        raise
    cursor.commit()
