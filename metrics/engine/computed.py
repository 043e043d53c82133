"""Lists of days that a night does not keep: computed once, in memory beside the night, and then read by anybody at the same time.

Each set of days has an in-memory database of its own, to which the night's file is attached read only. A lock is held while the tables
of a set are made, never while they are read, so that nobody waits for another person's reading.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

import duckdb

from data.night.night import Night, open_beside
from metrics.engine.absence import Absence

DAYS_KEPT = 8

Days = tuple[date, ...]


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
class Computed:
    """The database of a set of days, and what has been made in it: each thing by its name, with what came of it."""

    lock: Lock = field(default_factory=Lock)
    database: Database | None = None
    made: dict[Hashable, Absence | None] = field(default_factory=dict)


# Makes what is still missing: given a cursor whose tables last, and what has been made so far, to which it adds.
Prepare = Callable[[duckdb.DuckDBPyConnection, dict[Hashable, Absence | None]], None]


class ComputedDays:
    """What has been computed beside one night. Safe to share between threads."""

    def __init__(self, open_database: Callable[[Days], Database]) -> None:
        self._open_database = open_database
        self._computed: OrderedDict[Days, Computed] = OrderedDict()
        self._lock = Lock()

    def _of(self, days: Days) -> Computed:
        """What is computed for a set of days. Those asked for longest ago make room; anyone who still reads them keeps them alive."""
        with self._lock:
            computed = self._computed.setdefault(days, Computed())
            self._computed.move_to_end(days)
            if len(self._computed) > DAYS_KEPT:
                self._computed.popitem(last=False)
            return computed

    def _prepared(self, days: Days, prepare: Prepare) -> tuple[Database, dict[Hashable, Absence | None]]:
        computed = self._of(days)
        with computed.lock:
            if computed.database is None:
                computed.database = self._open_database(days)
            try:
                with computed.database.cursor() as cursor:
                    prepare(cursor, computed.made)
            except BaseException:
                # What was half made must not be added to: the next who asks begins again.
                computed.database, computed.made = None, {}
                raise
            return computed.database, dict(computed.made)

    @contextmanager
    def cursor(self, days: Days, prepare: Prepare) -> Iterator[tuple[duckdb.DuckDBPyConnection, tuple[str, ...]]]:
        """A new cursor over the tables of these days, then those of the night, once ``prepare`` has been run; and the schemas in which
        it finds them, in order. Its errors pass through."""
        database, _ = self._prepared(days, prepare)
        with database.cursor() as cursor:
            yield cursor, database.schemas

    def made(self, days: Days, prepare: Prepare) -> dict[Hashable, Absence | None]:
        """What has been made for these days, once ``prepare`` has been run."""
        return self._prepared(days, prepare)[1]
