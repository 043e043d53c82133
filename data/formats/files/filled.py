"""What a format gave for each table of the contract, asked of all the tables at once: a question for each column would cost more than the
reading of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import duckdb

from data.contract.contract import Table, tables
from data.parsed_sql import execute


@dataclass(frozen=True)
class Filled:
    """A table of the contract: its rows, those at fault, and the columns that no row has a value of."""

    rows: int = 0
    rejected: int = 0
    absent_columns: tuple[str, ...] = ()


def filled_tables(con: duckdb.DuckDBPyConnection, names: Collection[str]) -> dict[str, Filled]:
    """Every table of the contract, by name. ``names``: those that may have rows."""
    asked = [_counts(table) for table in tables().values() if table.name in names]
    counted = {name: (rows, counts) for name, rows, counts in execute(con, " union all ".join(asked)).fetchall()}
    rejected = dict(con.execute("select table_name, count(*) from rejects group by table_name").fetchall())
    nothing: tuple[int, list[int]] = 0, []
    return {
        table.name: _filled(table, *counted.get(table.name, nothing), rejected.get(table.name, 0)) for table in tables().values()
    }


def _counts(table: Table) -> str:
    return f"select '{table.name}', count(*), [{', '.join(f'count({name})' for name in table.column_names)}] from {table.name}"


def _filled(table: Table, rows: int, counts: list[int], rejected: int) -> Filled:
    found = counts or [0] * len(table.columns)
    return Filled(rows, rejected, tuple(name for name, values in zip(table.column_names, found, strict=True) if not values))
