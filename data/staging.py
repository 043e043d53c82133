"""A file into one temporary table, ``stage``: typed by our own rules, a row a record, with the row a spreadsheet would show.

The CSV is read with every column as text and one column more than its header names, so that a record with too few or
too many fields shows itself. Structure that cannot be trusted refuses the night; a handful of bad records is kept apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data import parsing
from data.contract import Column, Table
from data.decoding import Decoded
from data.errors import NightRefused
from data.header import Header

# Read as NULL, so that an empty field ('') differs from a field that is not there; NUL-like, so that no export holds it.
ABSENT_FIELD = "\x01"


@dataclass(frozen=True)
class Staged:
    """What became of a file's records: how many there were, and those that could not be split (row, text)."""

    rows: int
    unsplit: tuple[tuple[int, str], ...]


def stage_csv(con: duckdb.DuckDBPyConnection, table: Table, header: Header, decoded: Decoded) -> Staged:
    """Read a CSV file into ``stage`` and number its rows. Raises NightRefused when it cannot be read to its end."""
    name = decoded.path.name
    expected = decoded.lines - 1 + (not decoded.ends_with_line_ending)
    try:
        unsplit = _read_csv(con, table, header, decoded.readable, parallel=True)
        staged = con.execute("select count(*) from stage").fetchone()[0]
        reconciled = staged + len(unsplit) == expected
    except duckdb.Error:
        reconciled = False
    blank_rows: list[int] = []
    if not reconciled:
        # Fields with line breaks, blank lines, or mixed line endings: read again in one thread, and count records by walking.
        unsplit, readable = _read_slowly(con, table, header, decoded)
        staged = con.execute("select count(*) from stage").fetchone()[0]
        records, blank_rows = _walk(readable)
        reconciled = staged + len(unsplit) == records
        _refuse_swallowed(con, table, header, readable, name)
    for row, text in unsplit:
        if "\n" in text.strip("\r\n"):
            raise NightRefused(
                f"{name} has a quotation mark on row {row} that is not closed where its field ends, so that later rows were "
                "taken into it; export it again, with every quotation mark inside a field doubled."
            )
    if not reconciled:
        raise NightRefused(
            f"{name} cannot be read to its end: it holds {records} records but {staged + len(unsplit)} could be read; look for a "
            "quotation mark that is not closed, and export it again."
        )
    _number_rows(con, [row for row, _ in unsplit] + blank_rows)
    if not decoded.ends_with_line_ending:
        _refuse_cut(con, name)
    return Staged(staged + len(unsplit), tuple(unsplit))


def stage_parquet(con: duckdb.DuckDBPyConnection, table: Table, header: Header, path: Path, types: list[str]) -> Staged:
    """Read a Parquet file into ``stage``, every value as text first. Raises NightRefused when it cannot be read."""
    aliases = ", ".join(f"c{at}" for at in range(header.width))
    texts = ", ".join(f"{_as_text(f'c{at}', kind)} as c{at}" for at, kind in enumerate(types))
    source = f"(select {texts} from read_parquet($path) as records({aliases}))"
    try:
        con.execute(_stage_sql(table, header, source, misfit="null::varchar"), {"path": escape_path(path)})
    except duckdb.Error as fault:
        raise NightRefused(f"{path.name} cannot be read to its end ({_first_line(fault)}); export it again.") from None
    _number_rows(con, [])
    return Staged(con.execute("select count(*) from stage").fetchone()[0], ())


def parquet_columns(con: duckdb.DuckDBPyConnection, path: Path) -> tuple[list[str], list[str]]:
    """The names and types of a Parquet file's columns. Raises NightRefused when it is no Parquet file, or holds lists or structs."""
    try:
        types = [row[1] for row in con.execute("describe from read_parquet($path)", {"path": escape_path(path)}).fetchall()]
        leaves = con.execute(
            "select name, num_children from parquet_schema($path)", {"path": escape_path(path)}
        ).fetchall()[1:]
    except duckdb.Error as fault:
        raise NightRefused(f"{path.name} cannot be read ({_first_line(fault)}); export it again.") from None
    nested = [name for name, children in leaves if children]
    if nested:
        raise NightRefused(f"{path.name} has the column {nested[0]}, which holds lists or structures; export plain columns.")
    return [name for name, _ in leaves], types


def _read_csv(
    con: duckdb.DuckDBPyConnection, table: Table, header: Header, readable: Path, parallel: bool
) -> list[tuple[int, str]]:
    last, beyond = header.width - 1, header.width
    misfit = f"case when c{last} is null then 'few' when c{beyond} is not null then 'many' end"
    con.execute("drop table if exists reject_errors")
    con.execute("drop table if exists reject_scans")
    source = csv_source(header, parallel, "store_rejects = true")
    con.execute(_stage_sql(table, header, source, misfit), {"path": escape_path(readable)})
    return con.execute("select line, any_value(csv_line) from reject_errors group by line order by line").fetchall()


def csv_source(header: Header, parallel: bool, more: str = "ignore_errors = true") -> str:
    """``read_csv`` over ``$path`` with nothing left to be guessed: columns c0, c1 ... all text, one more than the header's."""
    columns = ", ".join(f"c{at}: 'varchar'" for at in range(header.width + 1))
    return (
        "read_csv($path, auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', "
        f"nullstr = '{ABSENT_FIELD}', null_padding = true, parallel = {str(parallel).lower()}, "
        f"max_line_size = 16000000, columns = {{{columns}}}, {more})"
    )


def _read_slowly(
    con: duckdb.DuckDBPyConnection, table: Table, header: Header, decoded: Decoded
) -> tuple[list[tuple[int, str]], Path]:
    try:
        return _read_csv(con, table, header, decoded.readable, parallel=False), decoded.readable
    except duckdb.Error:
        pass
    # Line endings of two kinds in one file stop the reader; made alike, only a line break inside a text changes.
    alike = decoded.readable.with_name(f"{decoded.readable.stem}.lines.csv")
    alike.write_bytes(decoded.readable.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    try:
        return _read_csv(con, table, header, alike, parallel=False), alike
    except duckdb.Error as fault:
        raise NightRefused(
            f"{decoded.path.name} cannot be read to its end ({_first_line(fault)}); look for a quotation mark that is never "
            "closed, and export it again."
        ) from None


def _stage_sql(table: Table, header: Header, source: str, misfit: str) -> str:
    """SQL that makes ``stage``: the contract's columns typed (codes and plans still as text), and ``trouble``.

    ``trouble`` is NULL for nearly every row; else what is wrong with the row's form: ``few`` or ``many`` (fields), or the
    name of the first column that cannot be read, ``=`` and its text.
    """
    typed = [f"{_typed(column, header)} as {column.name}" for column in table.columns]
    judged = [column for column in table.columns if column.kind in parsing.READERS and column.name in header.positions]
    texts = [f"c{header.positions[column.name]} as {column.name}_text" for column in judged]
    faults = " ".join(
        f"when {column.name} is null and {column.name}_text <> '' and trim({column.name}_text) <> '' "
        f"then '{column.name}=' || {column.name}_text"
        for column in judged
    )
    kept = [
        f"nullif({column.name}, date '1900-01-01') as {column.name}" if column.kind == "date" else column.name
        for column in table.columns
    ]
    return f"""
        create or replace temp table stage as
        with typed as (
            select {', '.join([*typed, *texts])}, {misfit} as misfit
            from {source}
        )
        select {', '.join(kept)}, case when misfit is not null then misfit {faults} end as trouble
        from typed
    """


def _typed(column: Column, header: Header) -> str:
    if column.name not in header.positions:
        return f"null::{parsing.TYPES.get(column.kind, 'varchar')}"
    at = f"c{header.positions[column.name]}"
    if column.kind == "identifier":
        return f"read_identifier({at})"
    if column.kind in parsing.READERS:
        return f"{parsing.READERS[column.kind]}({at})"
    return f"nullif({at}, '')" if column.kind == "text" else f"nullif(trim({at}), '')"


def _as_text(column: str, kind: str) -> str:
    if kind in ("FLOAT", "DOUBLE"):
        # Whole numbers that an exporter stored as decimals (pandas does, beside an empty cell) stay whole: 123, not 123.0.
        return f"case when {column} = floor({column}) and abs({column}) < 1e15 then {column}::bigint::varchar else {column}::varchar end"
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"timezone('Europe/London', {column})::varchar"
    return f"{column}::varchar"


def _number_rows(con: duckdb.DuckDBPyConnection, missing: list[int]) -> None:
    """Make the view ``numbered``: stage with ``source_row``, where ``missing`` are the file's rows that are not in it."""
    if not missing:
        con.execute("create or replace temp view numbered as select rowid as row, (rowid + 2)::integer as source_row, * from stage")
        return
    firsts = [row - 2 - at for at, row in enumerate(sorted(missing))]
    con.execute(
        "create or replace temp table row_shift as "
        "select first, max(shift) as shift "
        "from (select unnest($firsts::bigint[]) as first, unnest($shifts::bigint[]) as shift union all select -1, 0) "
        "group by first",
        {"firsts": firsts, "shifts": list(range(1, len(firsts) + 1))},
    )
    con.execute(
        "create or replace temp view numbered as "
        "select stage.rowid as row, (stage.rowid + 2 + row_shift.shift)::integer as source_row, stage.* "
        "from stage asof join row_shift on stage.rowid >= row_shift.first"
    )


def _walk(readable: Path) -> tuple[int, list[int]]:
    """How many records a file holds below its header, and which rows are blank lines, counted as a spreadsheet counts rows."""
    row, inside, blanks = 0, False, []
    with readable.open("rb") as file:
        for line in file:
            if not inside:
                row += 1
                if not line.strip(b"\r\n"):
                    blanks.append(row)
            inside ^= line.count(b'"') % 2 == 1
    return row - 1 - len(blanks), blanks


def _refuse_cut(con: duckdb.DuckDBPyConnection, name: str) -> None:
    last = con.execute("select source_row, trouble from numbered order by row desc limit 1").fetchone()
    if last and last[1] == "few":
        raise NightRefused(f"{name} is cut short: its last row (row {last[0]}) has too few fields; export it again.")


def _refuse_swallowed(
    con: duckdb.DuckDBPyConnection, table: Table, header: Header, readable: Path, name: str
) -> None:
    """Refuse when a field holds line breaks and what looks like the records between two quotation marks never closed.

    Two such marks make one field out of all that stands between them, and the file still parses: the field then holds the
    commas of whole records, or its row has too few or too many fields. Free text of the local tables is let be: a note may
    be written on several lines, with any commas.
    """
    if table.name.startswith("local_"):
        return
    columns = ", ".join(f"c{at}" for at in range(header.width))
    found = con.execute(
        f"""
        with fields as (
            select
                row,
                c{header.width - 1} is null or c{header.width} is not null as misfit,
                unnest([{columns}]) as field
            from (select row_number() over () as row, * from {csv_source(header, parallel=False)})
        )
        select min(row) + 1
        from fields
        where contains(field, chr(10))
            and (
                misfit
                or regexp_matches(field, '\\n[^ ,\\n]+,')
                and length(field) - length(replace(field, ',', ''))
                    = (length(field) - length(replace(field, chr(10), ''))) * {header.width - 1}
            )
        """,
        {"path": escape_path(readable)},
    ).fetchone()[0]
    if found:
        raise NightRefused(
            f"{name} has a quotation mark near row {found} that is not closed until a later row, so that whole rows stand inside "
            "one field; export it again, with every quotation mark inside a field doubled."
        )


def escape_path(path: Path) -> str:
    """A path as DuckDB's readers need it: they take ``*``, ``?`` and ``[`` for patterns."""
    return re.sub(r"([\[*?])", r"[\1]", str(path))


def _first_line(fault: Exception) -> str:
    return str(fault).splitlines()[0].rstrip(".")
