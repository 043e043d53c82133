"""Flags about children rather than rows: what the spine of the night shows to be missing or contradictory."""

from __future__ import annotations

from pathlib import Path

import duckdb

from data.parsed_sql import execute

HERE = Path(__file__).parent


def add_flags(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the flags about children on the night's own date to the table ``flags``."""
    connection.execute(
        "create or replace temp view spine_tonight as from spine where as_at = (select max(as_at) from reporting_dates)"
    )
    for path in sorted(HERE.glob("*.sql")):
        flag = f"insert into flags by name select $rule as rule, flagged.* from ({path.read_text(encoding='utf-8')}) as flagged"
        execute(connection, flag, {"rule": path.stem})
