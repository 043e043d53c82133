"""SQL of our own that is run again and again, parsed once in a process: DuckDB parses a long statement for as long as it plans it."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock

import duckdb

MOST = 2_000
_parsed: dict[str, tuple[duckdb.Statement, ...]] = {}
_one_at_a_time = Lock()


def _statements(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[duckdb.Statement, ...]:
    with _one_at_a_time:
        if sql not in _parsed:
            if len(_parsed) >= MOST:
                _parsed.clear()
            _parsed[sql] = tuple(connection.extract_statements(sql))
        return _parsed[sql]


def execute(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, object] | None = None
) -> duckdb.DuckDBPyConnection:
    """Run SQL that comes from our own files, as ``connection.execute`` does; the parameters are those of its last statement."""
    *before, last = _statements(connection, sql)
    for statement in before:
        connection.execute(statement)
    return connection.execute(last, parameters) if parameters else connection.execute(last)
