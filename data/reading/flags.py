"""Rows that are used, and yet should be looked at: each with what is wrong and what to change in the case system."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

import duckdb

from data.beside import Beside
from data.contract.contract import Code, Table, code_sets, tables
from data.parsed_sql import execute
from data.reading.quarantine import quoted

# What only one table is asked, in a folder named as the table whose rows it flags.
CHECKS = Path(__file__).with_name("checks")


def write_flags(con: duckdb.DuckDBPyConnection, as_at: date, filled: Collection[str], second: Beside | None = None) -> None:
    """Add to ``flags`` what the typed tables show row by row. ``as_at`` is the night's date; nothing reads today's. ``filled``: the tables
    that have rows. ``second``: a connection that does a part of it, if there is one.
    """
    written = sorted(CHECKS.glob("*/*.sql"), key=lambda path: path.name)
    own = [path.read_text(encoding="utf-8") for path in written if path.parent.name in filled]
    alike = [sql for table in tables().values() if table.name in filled for sql in _checks(table)]
    if second is None:
        _write(con, as_at, own + alike)
        return
    writing = second.start(lambda con: _write(con, as_at, alike))
    _write(con, as_at, own)
    writing.result()


def _write(con: duckdb.DuckDBPyConnection, as_at: date, checks: list[str]) -> None:
    if not checks:
        return
    # One statement, for each costs more than it finds. What the checks find is written in their order.
    asked = "insert into flags " + " union all ".join(f"({sql})" for sql in checks)
    execute(con, asked, {"as_at": as_at} if "$as_at" in asked else None)


def _checks(table: Table) -> Iterator[str]:
    if table.period:
        yield _future_start(table, table.period[0])
        if not table.refuse_backwards:
            yield _backwards(table, *table.period)
    for column in table.coded:
        if limited := [code for code in code_sets()[column.codes or ""].codes.values() if code.valid_from or code.valid_to]:
            yield _retired_code(table, column.name, limited)


def _flag(rule: str, table: Table, message: str, mend: str, condition: str) -> str:
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


def _retired_code(table: Table, column: str, limited: list[Code]) -> str:
    """``limited``: the codes of the column's list that are not of every year. To look these few up in a table would be a join."""
    day = f"coalesce({table.period[0]}, $as_at::date)" if table.period else "$as_at::date"
    message = (
        f"{quoted(table.column(column).means + ' is ')} || {column} "
        f"|| ', a code that is not in use in the year to 31 March ' || (year({day}) + (month({day}) > 3)::integer)"
    )
    by_years: dict[tuple[int | None, int | None], list[str]] = {}
    for code in limited:
        by_years.setdefault((code.valid_from, code.valid_to), []).append(quoted(code.code))
    outside = " or ".join(f"{column} in ({', '.join(codes)}) and {_outside(day, *years)}" for years, codes in by_years.items())
    return _flag("retired_code", table, message, f"'Choose the code of that year for {column}.'", outside)


def _outside(day: str, first: int | None, last: int | None) -> str:
    """When a day is in no year (to 31 March) from the first to the last."""
    before = [f"{day} < date '{first - 1}-04-01'"] if first else []
    after = [f"{day} >= date '{last}-04-01'"] if last else []
    return f"({' or '.join(before + after)})"
