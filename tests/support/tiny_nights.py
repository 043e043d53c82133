"""The smallest nights that are nights: one table of children, as a database and as Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from pathlib import Path

import duckdb

from data.night import durable
from data.night.night import Night, open_night
from data.restrictions.restrictions import TABLE, rows_in_force
from data.restrictions.restrictions_file import COLUMNS
from data.store.publishing import Building
from data.store.store import Store

STEPS = ("make_folder", "restrict", "sha256", "flush_file", "flush_folder", "write_new", "replace", "remove")
NOBODY_RESTRICTED = f"create table {TABLE} ({', '.join(f'{name} {kind}' for name, kind in COLUMNS.items())})"


@cache
def _duckdb() -> duckdb.DuckDBPyConnection:
    """One DuckDB that makes all these nights: to start it takes longer than to make one."""
    return duckdb.connect()


def fill(building: Building, children: int = 3, restricted: Iterable[str] = ()) -> None:
    """Put a table of so many children, and some whose records are restricted, into a building night, and close it."""
    with _duckdb().cursor() as con:
        con.execute("attach $path as tracker", {"path": str(building.database)})
        try:
            con.execute("use tracker")
            con.execute("create table children as select 'C' || range as child_id from range($children)", {"children": children})
            con.execute(NOBODY_RESTRICTED)
            for child in restricted:
                con.execute(f"insert into {TABLE} by name select $child as person_id", {"child": child})
            building.write_tables(con, ["children"])
        finally:
            con.execute("use memory")
            con.execute("detach tracker")


def publish(
    store: Store, as_at: str = "2026-10-31", extracts_hash: str = "0123abcd", children: int = 3, restricted: Iterable[str] = ()
) -> Night:
    """Publish a night of so many children, some restricted."""
    with store.build(date.fromisoformat(as_at), extracts_hash) as building:
        fill(building, children, restricted)
        return building.publish({"children": children})


def children_in(night: Night) -> int:
    """How many children the night's database holds."""
    with open_night(night) as con:
        return con.execute("select count(*) from children").fetchone()[0]


def restricted_in(store: Store) -> set[str]:
    """Whose records are restricted on the night that is shown: by its own table, and by what is in force."""
    with open_night(store.current()) as con:
        own = {row[0] for row in con.execute(f"select person_id from {TABLE}").fetchall()}
    return own | {row[1] for row in rows_in_force(store.restrictions())}


def flip_a_byte(path: Path) -> None:
    """Spoil the middle of a file by one bit."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


class Disk:
    """Counts every step that the store takes on the disk, and calls ``interrupt`` just before those that ``when`` picks."""

    def __init__(self, when: Callable[[int], bool], interrupt: Callable[[], None]) -> None:
        self.taken: list[str] = []
        self.when = when
        self.interrupt = interrupt

    def install(self, setattr: Callable[[object, str, object], None] = setattr) -> Disk:
        """Put itself in the way of ``data.night.durable``; give ``monkeypatch.setattr`` to have it undone."""
        for name in STEPS:
            setattr(durable, name, self._counted(name, getattr(durable, name)))
        return self

    def _counted(self, name: str, step: Callable) -> Callable:
        def counted(*arguments: object) -> object:
            self.taken.append(name)
            if self.when(len(self.taken) - 1):
                self.interrupt()
            return step(*arguments)

        return counted
