"""Whether the rows that were read are the rows that the file holds, and which row of a spreadsheet each of them is."""

from __future__ import annotations

from pathlib import Path

import duckdb

from data.contract.contract import Table
from data.errors import NightRefused
from data.reading.csv_source import csv_source, escape_path, misfit
from data.restrictions.restrictions import RESTRICTIONS
from data.sql_results import one_value

# What a row without any value is made of.
NO_VALUE = b', \t\r\n"='


def walk(readable: Path) -> tuple[int, list[int]]:
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


def blank_empty_rows(readable: Path, blanked: Path) -> None:
    """Copy a file, with a blank line for each row that holds nothing but separators, white space and empty quotation marks."""
    inside = False
    with readable.open("rb") as file, blanked.open("wb") as copy:
        for line in file:
            empty = not inside and not line.translate(None, NO_VALUE)
            copy.write(b"\n" if empty else line)
            inside ^= line.count(b'"') % 2 == 1


def number_rows(con: duckdb.DuckDBPyConnection, missing: list[int]) -> None:
    """Make the view ``numbered``: stage with ``row`` (from 0) and ``source_row`` (the header is 1).

    ``missing`` are the file's rows that are not in stage: blank lines, and rows that could not be split.
    """
    if not missing:
        con.execute(
            "create or replace temp view numbered as select rowid as row, (rowid + 2)::integer as source_row, * from stage"
        )
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


def refuse_cut(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """Refuse a file whose last row, which has no line ending, has too few fields."""
    last = con.execute("select source_row, trouble from numbered order by row desc limit 1").fetchone()
    if last and last[1] == "few":
        raise NightRefused(f"{name} is cut short: its last row (row {last[0]}) has too few fields; export it again.")


def refuse_unclosed(unsplit: list[tuple[int, str]], name: str) -> None:
    """Refuse when a row that could not be split, (row, text), goes over several lines: it has taken later rows into itself."""
    for row, text in unsplit:
        if "\n" in text.strip("\r\n"):
            raise NightRefused(
                f"{name} has a quotation mark on row {row} that is not closed where its field ends, so that later rows were "
                "taken into it; export it again, with every quotation mark inside a field doubled."
            )


def refuse_swallowed(con: duckdb.DuckDBPyConnection, table: Table, width: int, readable: Path, name: str) -> None:
    """Refuse when a field holds line breaks and what looks like the records between two quotation marks never closed.

    Two such marks make one field out of all that stands between them, and the file still parses: the field then holds the
    commas of whole records, or its row has too few or too many fields. Free text of the local tables is let be: a note may
    be written on several lines, with any commas. The file of restrictions has no such text, and each of its rows hides a child.
    """
    if table.name.startswith("local_") and table.name != RESTRICTIONS:
        return
    columns = ", ".join(f"c{at}" for at in range(width))
    found = one_value(
        con.execute(
            f"""
        with fields as (
            select
                row,
                {misfit(width)} is not null as misfit,
                unnest([{columns}]) as field
            from (select row_number() over () as row, * from {csv_source(width, False, "ignore_errors = true")})
        )
        select min(row) + 1
        from fields
        where contains(field, chr(10))
            and (
                misfit
                or regexp_matches(field, '\\n[^ ,\\n]+,')
                and length(field) - length(replace(field, ',', ''))
                    = (length(field) - length(replace(field, chr(10), ''))) * {width - 1}
            )
        """,
            {"path": escape_path(readable)},
        )
    )
    if found:
        raise NightRefused(
            f"{name} has a quotation mark near row {found} that is not closed until a later row, so that whole rows are "
            "inside one field; export it again, with every quotation mark inside a field doubled."
        )
