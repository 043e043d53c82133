"""A database in memory for the few rows of a test."""

from __future__ import annotations

import duckdb


def connection_for_few_rows() -> duckdb.DuckDBPyConnection:
    """With one thread: a second one would cost more than it does."""
    return duckdb.connect(config={"threads": 1})
