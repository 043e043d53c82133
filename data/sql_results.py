"""The one row that a query always gives, such as a count's: typed, so that a query that gives none is noticed where it is asked."""

from __future__ import annotations

from typing import Any

import duckdb


def one_row(result: duckdb.DuckDBPyConnection) -> tuple[Any, ...]:
    """The first row of a result. Raises LookupError where there is none."""
    row: tuple[Any, ...] | None = result.fetchone()
    if row is None:
        raise LookupError("the query gave no row")
    return row


def one_value(result: duckdb.DuckDBPyConnection) -> Any:
    """The first value of the first row of a result. Raises LookupError where there is none."""
    return one_row(result)[0]
