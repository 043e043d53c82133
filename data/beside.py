"""A second connection to the tables of a load, in a thread of its own, so that two things are done at once on two cores."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import duckdb

from data.sql_results import one_row

Result = TypeVar("Result")


@dataclass(frozen=True)
class Beside:
    """``con`` is used in ``thread`` alone."""

    con: duckdb.DuckDBPyConnection
    thread: ThreadPoolExecutor

    def start(self, work: Callable[[duckdb.DuckDBPyConnection], Result]) -> Future[Result]:
        """Begin a piece of work on the second connection, after what was begun before. Whoever began it asks for its result."""
        return self.thread.submit(work, self.con)


@contextmanager
def beside(con: duckdb.DuckDBPyConnection, share_cores: bool = True) -> Iterator[Beside]:
    """The second connection. Small tables are slower when each statement has all cores, so the two share them out unless told not to."""
    search_path, cores = one_row(con.execute("select current_setting('search_path'), current_setting('threads')"))
    if share_cores:
        con.execute("set threads = $share", {"share": max(1, cores // 2)})
    other = con.cursor()
    try:
        with ThreadPoolExecutor(1) as thread:
            try:
                other.execute("set search_path = $search_path", {"search_path": search_path})
                yield Beside(other, thread)
            finally:
                thread.shutdown(cancel_futures=True)
    finally:
        other.close()
        if share_cores:
            con.execute("set threads = $cores", {"cores": cores})
