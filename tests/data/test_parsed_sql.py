"""SQL that is parsed once in a process does what it does when it is given as text."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest

from data import parsed_sql
from data.parsed_sql import execute

SCRIPT = """
create or replace temp table counted as select 1 as x;

create or replace temp macro one_more(number) as number + 1;

create or replace temp table asked as
select one_more($number::integer) as x
"""


@pytest.mark.parametrize("number", [1, 2])
def test_several_statements_take_the_parameters_of_the_last_on_any_connection(number):
    with duckdb.connect() as con:
        execute(con, SCRIPT, {"number": number})
        assert con.execute("from counted union all from asked").fetchall() == [(1,), (number + 1,)]


def test_a_connection_that_was_closed_takes_nothing_with_it():
    with duckdb.connect() as con:
        assert execute(con, "select 40 + 2").fetchall() == [(42,)]
    with duckdb.connect() as con:
        assert execute(con, "select 40 + 2").fetchall() == [(42,)]


@pytest.mark.parametrize("sql", ["select 1,\n  absent + 1\nfrom range(3)", "select 1;\nselec 2", "select $a, $b", "from nowhere"])
def test_a_fault_is_told_as_it_is_of_text_each_time(sql):
    told = []
    for run in (duckdb.DuckDBPyConnection.execute, execute, execute):
        with duckdb.connect() as con, pytest.raises(duckdb.Error) as fault:
            run(con, sql, {"a": 1} if "$" in sql else None)
        told.append((fault.type, str(fault.value)))
    assert told[0] == told[1] == told[2]


def test_threads_run_one_statement_at_the_same_time():
    def count(number: int) -> int:
        with duckdb.connect() as con:
            return execute(con, "select sum(range)::bigint from range($number)", {"number": number}).fetchone()[0]

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(count, range(1, 60))) == [number * (number - 1) // 2 for number in range(1, 60)]


def test_text_is_parsed_once_and_what_is_kept_has_an_end(monkeypatch):
    monkeypatch.setattr(parsed_sql, "_parsed", {})
    monkeypatch.setattr(parsed_sql, "MOST", 2)
    parsed = []

    class Counting:
        def __init__(self, con):
            self.con = con

        def extract_statements(self, sql):
            parsed.append(sql)
            return self.con.extract_statements(sql)

        def execute(self, *asked):
            return self.con.execute(*asked)

    with duckdb.connect() as con:
        for sql in ("select 1", "select 2", "select 1", "select 3", "select 3", "select 1"):
            assert execute(Counting(con), sql).fetchone() == (int(sql[-1]),)
    assert parsed == ["select 1", "select 2", "select 3", "select 1"]
