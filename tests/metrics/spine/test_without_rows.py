"""The spine that is made without a row has the tables and columns of the one that a night makes."""

from __future__ import annotations

from datetime import date

import duckdb

from data.settings import Settings
from metrics.spine import EVERY, build_for, build_spine, build_without_rows, made_by, make_without_rows
from tests.support.product import product_connection

COLUMNS = """
select table_name, column_name, data_type
from duckdb_columns()
where not internal
order by table_name, column_index
"""
MACROS = "select function_name, parameters from duckdb_functions() where not internal order by all"


def _what_there_is(connection: duckdb.DuckDBPyConnection) -> tuple[list, list]:
    return connection.execute(COLUMNS).fetchall(), connection.execute(MACROS).fetchall()


def test_every_table_column_and_macro_of_the_spine_is_there_without_its_rows():
    counted = product_connection({})
    build_spine(counted, (date(2026, 10, 31),), Settings())
    bare = product_connection({})
    there = build_without_rows(bare)
    there |= build_for(bare, made_by(EVERY), there, make_without_rows)
    assert there == made_by(EVERY)
    assert _what_there_is(bare) == _what_there_is(counted)
    made = [
        name
        for name in there
        if bare.execute("select 1 from duckdb_tables() where table_name = $name", {"name": name}).fetchone()
    ]
    assert made and all(bare.execute(f"select count(*) from {name}").fetchone() == (0,) for name in made)
