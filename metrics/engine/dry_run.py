"""Every measure is run once over the empty tables of the contract, so that a mistake is told when the file is read.

The empty database is made once in a process (about 0.1 seconds); a measure then takes one or two milliseconds.
"""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass
from functools import cache
from threading import Lock

import duckdb

from data.contract.contract import tables
from data.reading.reading import CREATE_RECORDS
from data.reading.typed_tables import create_empty
from metrics.spine import EVERY, NULL, build_for, build_without_rows, made_by, make_without_rows

DATE, WHOLE, TEXT = "DATE", "BIGINT", "VARCHAR"
COLUMNS = {
    "measure": {"as_at": DATE, "child_number": WHOLE, "clock_start": DATE, "detail": TEXT},
    "milestone": {
        "as_at": DATE,
        "child_number": WHOLE,
        "clock_start": DATE,
        "due_date": DATE,
        "done_date": DATE,
        "detail": TEXT,
    },
}
# The columns that may stand empty: what is never done, and what needs no further words.
MAY_BE_NULL = ("done_date", "detail", "recorded_start", "observed_start")
TYPE_WORDS = {DATE: "a date", WHOLE: "a whole number", TEXT: "text"}
# A value is bound as what it is: text is not quietly read as a number.
BOUND_AS = {str: "varchar", float: "double", bool: "boolean"}
LINE = re.compile(r"^LINE (\d+):", re.MULTILINE)
_one_at_a_time = Lock()


@dataclass(frozen=True)
class Fault:
    """What is wrong with a SELECT: ``line`` counts from 1 in its own text (None: not known); ``words`` is a sentence without its stop."""

    line: int | None
    words: str


@cache
def _empty() -> tuple[duckdb.DuckDBPyConnection, set[str]]:
    """A night without rows: the contract's tables and the spine's, in memory; and the names of what there is of the spine. What only
    some rules ask for is made when a SELECT names it."""
    connection = duckdb.connect(config={"threads": 1})
    connection.execute(CREATE_RECORDS)
    for table in tables().values():
        create_empty(connection, table)
    return connection, build_without_rows(connection)


def _sentence(message: str) -> str:
    """DuckDB's message as half a sentence: what is wrong, and what was probably meant."""
    first = message.strip().splitlines()[0]
    words = (
        re.sub(r"^[A-Z]\w*(?: [A-Z]\w*)* Error: ", "", first).split(". You might need")[0].split(". In order to")[0].rstrip("!. ")
    )
    meant = re.search(r'Did you mean "([^"]+)"', message)
    near = [meant.group(1)] if meant else []
    candidates = re.search(r"Candidate (?:bindings|tables): :?(.*)", message)
    wrong = re.search(r'named "([^"]+)"', first) or re.search(r'"([^"]+)"', first)
    if candidates and wrong:
        names = [name.split(".")[-1] for name in re.findall(r'"([^"]+)"', candidates.group(1))]
        near = difflib.get_close_matches(wrong.group(1), names, n=1, cutoff=0.5) or names[:1]
    return words + (f'; did you mean "{near[0]}"' if near else "")


def _line(message: str) -> int | None:
    found = LINE.search(message)
    return int(found.group(1)) if found else None


def _typed(sql: str, parameters: dict[str, object]) -> str:
    for name, value in parameters.items():
        kind = BOUND_AS.get(type(value))
        if kind:
            sql = re.sub(rf"\${name}\b", f"${name}::{kind}", sql)
    return sql


def _described(sql: str, parameters: dict[str, object]) -> dict[str, str]:
    """The columns of a SELECT and their types. Raises duckdb.Error."""
    with _one_at_a_time:
        connection, there = _empty()
        there |= build_for(connection, [sql], there, make_without_rows)
        # On a line of its own, DESCRIBE moves every line of the measure by one.
        described = "describe\n" + _typed(sql, parameters)
        try:
            rows = connection.execute(described, parameters).fetchall()
        except duckdb.CatalogException:
            # For a name that there is not, DuckDB proposes one that there is: it must know them all.
            there |= build_for(connection, made_by(EVERY), there, make_without_rows)
            rows = connection.execute(described, parameters).fetchall()
    return {name: kind for name, kind, *_ in rows}


@cache
def columns_of(table: str) -> tuple[str, ...]:
    """The columns of a table of the spine, or of a macro with its values. Raises duckdb.Error where there is none."""
    return tuple(_described(f"select * from {table}", {}))


def _one_select(sql: str) -> Fault | None:
    try:
        with _one_at_a_time:
            statements = _empty()[0].extract_statements(sql)
    except duckdb.Error as error:
        return Fault(_line(str(error)), _sentence(str(error)))
    if [statement.type for statement in statements] != [duckdb.StatementType.SELECT]:
        return Fault(None, "a measure is one SELECT and nothing else")
    return None


def _wrong_column(columns: dict[str, str], wanted: dict[str, str], of: str) -> Fault | None:
    for name, kind in wanted.items():
        if name not in columns:
            near = difflib.get_close_matches(name, columns, n=1)
            meant = f'; did you mean "{near[0]}" to be it' if near else ""
            return Fault(None, f'the SELECT gives no column "{name}", which {of} must have{meant}')
        given = columns[name]
        whole = kind == WHOLE and given in ("INTEGER", "BIGINT")
        if given != kind and not whole and not (given == NULL and name in MAY_BE_NULL + ("due_date",)):
            words = "nothing but null" if given == NULL else given
            return Fault(None, f'the column "{name}" is {words}; it must be {TYPE_WORDS[kind]} ({kind})')
    return None


@cache
def fault_of_select(kind: str, sql: str, further: tuple[str, ...], names: tuple[str, ...]) -> Fault | None:
    """What is wrong with a measure's SELECT, whatever its parameters; None when it can be run.

    ``kind``: measure or milestone. ``further``: columns that must be there besides, each a date. ``names``: its parameters.
    """
    fault = _one_select(sql)
    if fault:
        return fault
    try:
        columns = _described(sql, dict.fromkeys(names))
    except duckdb.Error as error:
        line = _line(str(error))
        return Fault(line - 1 if line else None, _sentence(str(error)))
    return _wrong_column(columns, COLUMNS[kind] | dict.fromkeys(further, DATE), f"a {kind}")


def wrong_parameter(sql: str, parameters: dict[str, object]) -> tuple[str, Fault] | None:
    """The first parameter whose value the SELECT cannot use, and why; None when all can be used. The SELECT itself is sound."""
    return _wrong_parameter(sql, json.dumps(parameters, default=str)) if parameters else None


@cache
def _wrong_parameter(sql: str, written: str) -> tuple[str, Fault] | None:
    parameters = json.loads(written)
    try:
        _described(sql, parameters)
        return None
    except duckdb.Error as error:
        together = error
    for name, value in parameters.items():
        try:
            _described(sql, dict.fromkeys(parameters) | {name: value})
        except duckdb.Error as error:
            used = next((place for place, text in enumerate(sql.splitlines(), start=1) if re.search(rf"\${name}\b", text)), None)
            return name, Fault(used, _sentence(str(error)))
    return next(iter(parameters)), Fault(None, _sentence(str(together)))
