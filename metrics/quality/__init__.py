"""Flags about children rather than rows: what the spine of the night shows to be missing or contradictory."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from data.parsed_sql import execute
from metrics.spine import FURTHER, made_by

HERE = Path(__file__).parent


def add_flags(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the flags about children on the night's own date to the table ``flags``.

    ``connection`` holds the spine. What only some policies' rules ask about is made when one of them is in use; where it is not, there is
    nothing to say of it.
    """
    unasked = made_by(FURTHER) - {name for (name,) in connection.execute("select view_name from duckdb_views()").fetchall()}
    connection.execute(
        "create or replace temp view spine_tonight as from spine where as_at = (select max(as_at) from reporting_dates)"
    )
    for path in sorted(HERE.glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        if not unasked.isdisjoint(re.findall(r"\w+", text)):
            continue
        flag = f"insert into flags by name select $rule as rule, flagged.* from ({text}) as flagged"
        execute(connection, flag, {"rule": path.stem})
