"""A file into one temporary table, ``stage``: typed by our own rules, a row a record, with the row a spreadsheet would show.

The CSV is read with every column as text and one column more than its header names, so that a record with too few or
too many fields shows itself. Structure that cannot be trusted refuses the night; a handful of bad records is kept apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import duckdb

from data.contract.contract import Column, Table
from data.errors import NightRefused
from data.parsed_sql import execute
from data.reading import parsing, structure
from data.reading.csv_source import FAULTLESS, csv_source, escape_path, first_line, misfit, unwrapped
from data.reading.decoding import Decoded
from data.reading.header import Header
from data.sql_results import one_value

PEOPLE = "ssd_person"

SMALL_FILE = 1 << 18
UNSPLIT = "select line, any_value(csv_line) from reject_errors group by line order by line"
NOT_PLAIN = "error('written in another way')"
NOTHING: Mapping[str, str] = MappingProxyType({})
NO_LISTS: Mapping[str, Mapping[str, str]] = MappingProxyType({})
STAGE = "create or replace temp table stage as {rows}"

# Want of memory, or an interruption, is not the file's fault; anything else that DuckDB says of a file is.
NOT_THE_FILE = (duckdb.OutOfMemoryException, duckdb.InterruptException)


@dataclass(frozen=True)
class Staged:
    """What became of a file's records: how many there were, and those that could not be split (row, text)."""

    rows: int
    unsplit: tuple[tuple[int, str], ...]


def stage_csv(con: duckdb.DuckDBPyConnection, table: Table, header: Header, decoded: Decoded, scratch: Path) -> Staged:
    """Read a CSV file into ``stage`` and number its rows. Raises NightRefused when it cannot be read to its end.

    The file's line endings, or, where fields hold line breaks, its records, are counted apart from DuckDB: the two counts
    must agree. ``scratch`` is a folder of our own.
    """
    name = decoded.path.name
    records = decoded.lines - 1 + (not decoded.ends_with_line_ending)
    blank_rows: list[int] = []
    readable = decoded.readable
    try:
        staged, unsplit = _read_csv(con, table, header, decoded, decoded.readable, parallel=True)
        reconciled = staged + len(unsplit) == records
    except NOT_THE_FILE:
        raise
    except duckdb.Error:
        reconciled = False
    if not reconciled:
        # Fields with line breaks, blank lines, or mixed line endings: read again in one thread, and count records by walking.
        staged, unsplit, readable = _read_slowly(con, table, header, decoded, scratch)
        records, blank_rows = structure.walk(readable)
        structure.refuse_swallowed(con, table, header.width, readable, name)
    if _any_without_identifier(con, table, header):
        # Spreadsheets write separators alone for rows that were used once. As blank lines they are left out, and rows keep their numbers.
        blanked = scratch / f"{table.name}.blank.csv"
        structure.blank_empty_rows(readable, blanked)
        staged, unsplit, readable = _read_slowly(con, table, header, replace(decoded, readable=blanked), scratch)
        records, blank_rows = structure.walk(readable)
    structure.refuse_unclosed(unsplit, name)
    if staged + len(unsplit) != records:
        raise NightRefused(
            f"{name} cannot be read to its end: it holds {records} records but {staged + len(unsplit)} could be read; look for a "
            "quotation mark that is not closed, and export it again."
        )
    structure.number_rows(con, [row for row, _ in unsplit] + blank_rows)
    if not decoded.ends_with_line_ending:
        structure.refuse_cut(con, name)
    return Staged(records, tuple(unsplit))


def _any_without_identifier(con: duckdb.DuckDBPyConnection, table: Table, header: Header) -> bool:
    """Whether a row of ``stage`` has no identifier at all, and so perhaps no value."""
    empty = [f"{name} is null" for name in header.positions if table.column(name).kind == "identifier"]
    return bool(empty) and one_value(con.execute(f"select exists (from stage where {' and '.join(empty)})"))


def stage_parquet(con: duckdb.DuckDBPyConnection, table: Table, header: Header, path: Path, types: list[str]) -> Staged:
    """Read a Parquet file into ``stage``, every value as text first. Raises NightRefused when it cannot be read."""
    aliases = ", ".join(f"c{at}" for at in range(header.width))
    texts = ", ".join(f"{_as_text(f'c{at}', kind)} as c{at}" for at, kind in enumerate(types))
    source = f"(select {texts} from read_parquet($path) as records({aliases}))"
    try:
        rows = rows_sql(table, header, source, "null::varchar")
        staged = one_value(con.execute(STAGE.format(rows=rows), {"path": escape_path(path)}))
    except NOT_THE_FILE:
        raise
    except duckdb.Error as fault:
        raise NightRefused(f"{path.name} cannot be read to its end ({first_line(fault)}); export it again.") from None
    structure.number_rows(con, [])
    return Staged(staged, ())


def parquet_columns(con: duckdb.DuckDBPyConnection, path: Path) -> tuple[list[str], list[str]]:
    """The names and types of a Parquet file's columns. Raises NightRefused for a file that is none, or that holds lists."""
    place = {"path": escape_path(path)}
    try:
        types = [row[1] for row in con.execute("describe from read_parquet($path)", place).fetchall()]
        leaves = con.execute("select name, num_children from parquet_schema($path)", place).fetchall()[1:]
    except NOT_THE_FILE:
        raise
    except duckdb.Error as fault:
        raise NightRefused(f"{path.name} cannot be read ({first_line(fault)}); export it again.") from None
    nested = [name for name, children in leaves if children]
    if nested:
        raise NightRefused(f"{path.name} has the column {nested[0]}, which holds lists or structures; export plain columns.")
    return [name for name, _ in leaves], types


def _read_csv(
    con: duckdb.DuckDBPyConnection, table: Table, header: Header, decoded: Decoded, readable: Path, parallel: bool
) -> tuple[int, list[tuple[int, str]]]:
    """Make ``stage`` from a CSV file (``readable``: as it is to be read), and give the number of its rows, and those that could not be
    split: (row, text)."""
    bound = {"path": escape_path(readable)}
    if readable.stat().st_size < SMALL_FILE:
        rows = write_plain_rows(con, table, header, csv_source(header.width, parallel, FAULTLESS, wrapped=decoded.wrapped), bound)
        if rows is not None:
            return rows, []
    unsplit = None
    try:
        rows = write_rows(
            con, table, header, csv_source(header.width, parallel, "store_rejects = true", wrapped=decoded.wrapped), bound
        )
        unsplit = execute(con, UNSPLIT).fetchall()
        return rows, unsplit
    finally:
        if unsplit != []:
            _forget_rejects(con)


def write_plain_rows(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    header: Header,
    source: str,
    bound: Mapping[str, object],
    write: str = STAGE,
    also: Mapping[str, str] = NOTHING,
    respelt: Mapping[str, Mapping[str, str]] = NO_LISTS,
) -> int | None:
    """As ``write_rows``, of a small file whose every value is written in the commonest way (``plain_rows_sql``); else None, and nothing is
    written. ``source`` is one that gives no row of a file with a fault."""
    rows = plain_rows_sql(table, header, source, misfit(header.width), also, respelt)
    try:
        return one_value(execute(con, write.format(rows=rows), bound))
    except NOT_THE_FILE:
        raise
    except duckdb.Error:
        # A value is written in some other way, or the file is at fault: the full reading says which.
        return None


def write_rows(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    header: Header,
    source: str,
    bound: Mapping[str, object],
    write: str = STAGE,
    also: Mapping[str, str] = NOTHING,
) -> int:
    """Read a CSV file by ``source``, write its rows and give their number. ``bound``: what the SQL asks for, such as the ``path``.
    ``write``: SQL that writes ``{rows}``. ``also``: see ``rows_sql``."""
    return one_value(execute(con, write.format(rows=rows_sql(table, header, source, misfit(header.width), also)), bound))


def _forget_rejects(con: duckdb.DuckDBPyConnection) -> None:
    """DuckDB adds what it rejects of a file to what it rejected of those before."""
    con.execute("drop table if exists reject_errors")
    con.execute("drop table if exists reject_scans")


def _read_slowly(
    con: duckdb.DuckDBPyConnection, table: Table, header: Header, decoded: Decoded, scratch: Path
) -> tuple[int, list[tuple[int, str]], Path]:
    try:
        return *_read_csv(con, table, header, decoded, decoded.readable, parallel=False), decoded.readable
    except NOT_THE_FILE:
        raise
    except duckdb.Error:
        # Line endings of two kinds in one file stop the reader; made alike, only a line break inside a text changes.
        alike = scratch / f"{table.name}.lines.csv"
        alike.write_bytes(decoded.readable.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    try:
        return *_read_csv(con, table, header, decoded, alike, parallel=False), alike
    except NOT_THE_FILE:
        raise
    except duckdb.Error as fault:
        raise NightRefused(
            f"{decoded.path.name} cannot be read to its end ({first_line(fault)}); look for a quotation mark that is never "
            "closed, and export it again."
        ) from None


def rows_sql(table: Table, header: Header, source: str, misfit_sql: str, also: Mapping[str, str] = NOTHING) -> str:
    """SQL for the rows of a file: the contract's columns typed (codes and plans still as text), ``trouble`` and the ``..._unread``.

    ``trouble`` is NULL for nearly every row; else what is wrong with the row's form: ``few`` or ``many`` (fields), or the
    name of the first column that cannot be read, ``=`` and its text. A column that no rule needs makes no trouble: what cannot be
    read of it stands in a column of its own (``unread``), beside an empty value. ``also``: {column to stand beside: SQL over the source}.
    """
    typed = [f"{_typed(column, header)} as {column.name}" for column in table.columns]
    judged = _judged(table, header)
    texts = [f"c{header.positions[column.name]} as {column.name}_text" for column in judged]
    faults = " ".join(
        f"when {_unreadable(table, column)} then '{column.name}=' || {column.name}_text"
        for column in judged
        if not column.optional
    )
    kept = [
        f"case when {_in_range(table, column)} then {column.name} end as {column.name}" if column.kind == "date" else column.name
        for column in table.columns
    ]
    kept += [
        f"case when misfit is null and {_unreadable(table, column)} then {column.name}_text end as {unread(column)}"
        for column in judged
        if column.optional
    ]
    typed += [f"{value} as {name}" for name, value in also.items()]
    kept += also
    key_text = f", {_raw_key(table, header)} as key_text" if table.name == PEOPLE else ""
    return f"""
        with typed as (
            select {", ".join([*typed, *texts])}, {misfit_sql} as misfit{key_text}
            from {source}
        )
        select {", ".join(kept)}{", key_text" if key_text else ""}, case when misfit is not null then misfit {faults} end as trouble
        from typed
    """


def plain_rows_sql(
    table: Table,
    header: Header,
    source: str,
    misfit_sql: str,
    also: Mapping[str, str] = NOTHING,
    respelt: Mapping[str, Mapping[str, str]] = NO_LISTS,
) -> str:
    """SQL for the same rows as ``rows_sql``, of a file whose every value is written in the commonest way; else it fails.

    Of a small file DuckDB plans for longer than it reads, and what tells every other way of writing from a fault is a dozen functions
    a column. ``respelt``: {list of codes: {text: its code, '' for none}} of texts that are to be replaced at once.
    """
    places = {name: f"c{at}" for name, at in header.positions.items()}
    read = [f"{_plain(column, places, respelt)} as {column.name}" for column in table.columns]
    texts = [f"{places[column.name]} as {column.name}_text" for column in _judged(table, header)]
    kept = [_plain_kept(table, column) if column in _judged(table, header) else column.name for column in table.columns]
    kept += [f"null::varchar as {name}" for name in unread_columns(table, header)]
    read += [f"{value} as {name}" for name, value in also.items()]
    kept += also
    key = ["key_text"] if table.name == PEOPLE else []
    raw_key = [f"{_raw_key(table, header)} as key_text"] if key else []
    return f"""
        with plain as (
            select {", ".join([*read, *texts, *raw_key])}, {misfit_sql} as trouble
            from {source}
        )
        select {", ".join([*kept, *key])}, trouble
        from plain
    """


def _plain(column: Column, places: dict[str, str], respelt: Mapping[str, Mapping[str, str]]) -> str:
    if column.name not in places:
        return f"null::{parsing.TYPES.get(column.kind, 'varchar')}"
    at = places[column.name]
    if column.kind == "identifier":
        return f"case when is_plain_identifier({at}) then {at} when {at} <> '' then {NOT_PLAIN} end"
    if codes := respelt.get(column.codes or "", {}) if column.kind == "code" else {}:
        replaced = " ".join(f"when '{text}' then nullif('{code}', '')" for text, code in codes.items())
        return f"case {at} {replaced} else {_reader(column, at)} end"
    return f"plain_date({at})" if column.kind == "date" else _reader(column, at)


def _plain_kept(table: Table, column: Column) -> str:
    good = _in_range(table, column) if column.kind == "date" else f"{column.name} is not null"
    return f"case when {good} then {column.name} when {column.name}_text <> '' then {NOT_PLAIN} end as {column.name}"


def unread_columns(table: Table, header: Header) -> list[str]:
    """The columns of a file's rows that hold what cannot be read of those that no rule needs."""
    return [unread(column) for column in _judged(table, header) if column.optional]


def unread(column: Column) -> str:
    """The column of ``stage`` with the text of an optional column's value that cannot be read."""
    return f"{column.name}_unread"


def _raw_key(table: Table, header: Header) -> str:
    return f"c{header.positions[table.key]}" if table.key in header.positions else "null::varchar"


def _unreadable(table: Table, column: Column) -> str:
    name = column.name
    readable = f"{name} is not null"
    if column.kind == "date":
        past = "" if column.name in table.ends else f" and {name} <= {parsing.LAST_DATE}"
        readable = f"coalesce(({name} >= {parsing.FIRST_DATE}{past}) or contains({parsing.SENTINELS}, {name}::varchar), false)"
    return f"{name}_text <> '' and not ({readable}) and not is_empty({name}_text)"


def _in_range(table: Table, column: Column) -> str:
    name = column.name
    last = f"< {parsing.OPEN}" if column.name in table.ends else f"<= {parsing.LAST_DATE}"
    return f"{name} >= {parsing.FIRST_DATE} and {name} {last}"


def _judged(table: Table, header: Header) -> list[Column]:
    """The columns of a file whose texts may be unreadable."""
    return [column for column in table.columns if column.kind in parsing.READERS and column.name in header.positions]


def _typed(column: Column, header: Header) -> str:
    if column.name not in header.positions:
        return f"null::{parsing.TYPES.get(column.kind, 'varchar')}"
    return _reader(column, f"c{header.positions[column.name]}")


def _reader(column: Column, at: str) -> str:
    if column.kind == "identifier":
        return f"read_identifier({at})"
    if column.kind in parsing.READERS:
        return f"{parsing.READERS[column.kind]}({at})"
    if column.kind == "plan" or column.empty_words:
        return f"read_words({at})"
    # Codes are read when they are matched: a text once, however many rows have it.
    return f"nullif({at}, '')"


def _as_text(column: str, kind: str) -> str:
    if kind in ("FLOAT", "DOUBLE"):
        # Whole numbers that an exporter stored as decimals (pandas does, beside an empty cell) stay whole: 123, not 123.0.
        whole = f"{column} = floor({column}) and abs({column}) < 1e15"
        return f"case when {whole} then {column}::bigint::varchar else {column}::varchar end"
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"timezone('Europe/London', {column})::varchar"
    if kind == "VARCHAR":
        return unwrapped(column)
    return f"{column}::varchar"
