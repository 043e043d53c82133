"""Rows that are used, and yet should be looked at: each with what is wrong and what to change in the case system."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

import duckdb

from data.contract.contract import Table, code_sets, tables
from data.parsed_sql import execute
from data.reading.quarantine import quoted

CHECKS = Path(__file__).with_name("checks")


def write_flags(con: duckdb.DuckDBPyConnection, as_at: date, filled: Collection[str]) -> None:
    """Add to ``flags`` what the typed tables show row by row. ``as_at`` is the night's date; nothing reads today's. ``filled``: the tables
    that have rows.

    Needs the table ``code_list``.
    """
    checks = [path.read_text(encoding="utf-8") for path in sorted(CHECKS.glob("*.sql"))]
    checks += [sql for table in tables().values() if table.name in filled for sql in _checks(table)]
    # One statement, for each costs more than it finds. What the checks find is written in their order.
    asked = "insert into flags " + " union all ".join(f"({sql})" for sql in checks)
    execute(con, asked, {"as_at": as_at} if "$as_at" in asked else None)


def _checks(table: Table) -> Iterator[str]:
    if table.period:
        yield _future_start(table, table.period[0])
        if not table.refuse_backwards:
            yield _backwards(table, *table.period)
    for column in table.columns:
        if column.kind != "code" or column.codes is None:
            continue
        if any(code.valid_from or code.valid_to for code in code_sets()[column.codes].codes.values()):
            yield _retired_code(table, column.name, column.codes)


def _flag(rule: str, table: Table, message: str, mend: str, condition: str, source: str = "") -> str:
    """``message`` and ``mend`` are SQL."""
    return f"""
        select
            '{rule}',
            '{table.name}',
            source_row,
            {table.key},
            {table.person or "null"},
            {message},
            {mend}
        from {table.name}
        {source}
        where {condition}
    """


def _future_start(table: Table, start: str) -> str:
    message = f"{quoted(table.title + ': starts on ')} || strftime({start}, '%d/%m/%Y') || ', after the date of the data load'"
    return _flag("future_start", table, message, f"'Correct {start}, or leave the record until then.'", f"{start} > $as_at")


def _backwards(table: Table, start: str, end: str) -> str:
    message = (
        f"{quoted(table.title + ': ends on ')} || strftime({end}, '%d/%m/%Y') || ', before it starts on ' "
        f"|| strftime({start}, '%d/%m/%Y')"
    )
    return _flag("ends_before_it_starts", table, message, f"'Correct {start} or {end}.'", f"{end} < {start}")


def _retired_code(table: Table, column: str, codes: str) -> str:
    day = f"coalesce({table.period[0]}, $as_at::date)" if table.period else "$as_at::date"
    year = f"(year({day}) + (month({day}) > 3)::integer)"
    message = (
        f"{quoted(table.column(column).means + ' is ')} || {column} "
        f"|| ', a code that is not in use in the year to 31 March ' || {year}"
    )
    return _flag(
        "retired_code",
        table,
        message,
        f"'Choose the code of that year for {column}.'",
        f"{year} not between coalesce(code_list.valid_from, 0) and coalesce(code_list.valid_to, 9999)",
        f"join code_list on code_list.codes = '{codes}' and code_list.code = {column} "
        "and (code_list.valid_from is not null or code_list.valid_to is not null)",
    )
