"""A small file of values written in the commonest ways is read by a shorter way, which gives what the full reading gives, or nothing."""

from __future__ import annotations

from itertools import product

import duckdb
import pytest

from data.contract.contract import tables
from data.reading import parsing
from data.reading.csv_source import misfit
from data.reading.header import Header
from data.reading.staging import STAGE, plain_rows_sql, rows_sql

TABLE = tables()["ssd_cla_placement"]
REVIEWS = tables()["ssd_cla_reviews"]
COLUMNS = {
    "identifier": (TABLE, "clap_person_id"),
    "start": (TABLE, "clap_cla_placement_start_date"),
    "end": (TABLE, "clap_cla_placement_end_date"),
    "code": (TABLE, "clap_cla_placement_type"),
    "number": (TABLE, "clap_cla_placement_distance"),
    "text": (TABLE, "clap_cla_placement_postcode"),
    "flag": (REVIEWS, "clar_cla_review_cancelled"),
}
COMMON = {
    "identifier": ["017000001", "CLA0000011", "7", "nnnnn", "Null1", "a-b_c/d", "{x}", ""],
    "start": ["2026-10-31", "31/10/2026", "1900-01-02", "2100-12-31", ""],
    "end": ["2026-10-31", "2099-12-30", ""],
    "code": ["U6", "N1", "null", " U6 ", ""],
    "number": ["12.5", "-3", ""],
    "text": ["HD1 2AB", "n/a", ""],
    "flag": ["Y", "n", " true ", ""],
}
UNCOMMON = [
    "NULL", "none", "N/A", "nan", "#N/A", "\\N", "-1", "-1.0", "1001.0", " 12", "12 ", "a b", "a\tb", "1\n", "\xa07", "7\xa0", "é1",
    "1é", "~a", "/", "/x", "\x7f", "0f8fad5b-d9cb-469f-a165-70867728950e", "{0F8FAD5B-D9CB-469F-A165-70867728950E}", "x" * 35, "x" * 36,
    "2026-02-30", "30/02/2026", "2026-10-31 00:00:00", "2026-10-31T10:11:12Z", "3/4/2026", "3/4/26", "31-Oct-2026", "20261031",
    "1753-01-01", "0001-01-01", "1900-01-01", "2101-01-01", "2099-12-31", "9999-12-31", "12,5", "1e3", "yes", "maybe", "abcd-ef-gh",
    "ab/cd/efgh", " ", "nulls", '="0012"', '="-1"', "=7",
]  # fmt: skip


@pytest.fixture(scope="module")
def con():
    with duckdb.connect(config={"threads": 1}) as con:
        parsing.define_macros(con)
        yield con


def staged(con: duckdb.DuckDBPyConnection, make, kind: str, text: str | None) -> list[tuple] | None:
    """The row of ``stage`` for a file with one column and one row; None where this reading does not read it."""
    table, column = COLUMNS[kind]
    header = Header(1, {column: 0}, (), tuple(name for name in table.column_names if name != column))
    source = "(select $text::varchar as c0, null::varchar as c1)"
    try:
        con.execute(STAGE.format(rows=make(table, header, source, misfit(header.width))), {"text": text})
    except duckdb.InvalidInputException:
        return None
    return con.execute("select columns(*) from stage").fetchall()


@pytest.mark.parametrize("kind", COLUMNS)
def test_what_is_written_in_the_commonest_ways_is_read_alike_by_both(con, kind):
    for text in (*COMMON[kind], None):
        assert staged(con, plain_rows_sql, kind, text) == staged(con, rows_sql, kind, text) is not None, text


def test_whatever_else_is_written_is_read_alike_or_left_to_the_full_reading(con):
    left = set()
    for kind, text in product(COLUMNS, UNCOMMON):
        plain, full = staged(con, plain_rows_sql, kind, text), staged(con, rows_sql, kind, text)
        assert full is not None
        if plain is None:
            left.add((kind, text))
        else:
            assert plain == full, (kind, text)
    assert {
        ("identifier", "1001.0"),
        ("identifier", "NULL"),
        ("start", "20261031"),
        ("end", "9999-12-31"),
        ("flag", "maybe"),
    } <= left
