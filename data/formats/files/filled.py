"""What a format gave for each table of the contract, asked of all the tables at once: a question for each column would cost more than the
reading of it."""

from __future__ import annotations

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


def filled_tables(con: duckdb.DuckDBPyConnection) -> dict[str, Filled]:
    """Every table of the contract, by name."""
    rows = count_rows(con)
    rejected = dict(con.execute("select table_name, count(*) from rejects group by table_name").fetchall())
    absent = _absent_columns(con, [table for table in tables().values() if rows[table.name]])
    return {
        table.name: Filled(rows[table.name], rejected.get(table.name, 0), absent.get(table.name, table.column_names))
        for table in tables().values()
    }


def count_rows(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """The rows of every table of the contract, by name."""
    return dict(execute(con, " union all ".join(f"select '{name}', count(*) from {name}" for name in tables())).fetchall())


def _absent_columns(con: duckdb.DuckDBPyConnection, filled: list[Table]) -> dict[str, tuple[str, ...]]:
    parts = [
        f"select '{table.name}', [{', '.join(f'count({name})' for name in table.column_names)}] from {table.name}"
        for table in filled
    ]
    found = execute(con, " union all ".join(parts)).fetchall() if parts else []
    return {
        name: tuple(column for column, values in zip(tables()[name].column_names, counts, strict=True) if not values)
        for name, counts in found
    }
