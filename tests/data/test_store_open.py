"""The connection to a night reads that night and nothing else."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from data.night.night import open_night
from data.store.store import Store, StoreError
from tests.support.tiny_nights import publish


@pytest.fixture
def con(tmp_path: Path) -> duckdb.DuckDBPyConnection:
    with open_night(publish(Store(tmp_path / "store"))) as con:
        yield con


@pytest.mark.parametrize(
    ("sql", "refused"),
    [
        ("from read_csv('/etc/passwd')", "disabled by configuration"),
        ("from read_text('/etc/passwd')", "disabled by configuration"),
        ("from '/etc/passwd.csv'", "disabled by configuration"),
        ("from glob('/etc/*')", "disabled by configuration"),
        ("copy children to '/tmp/children.csv'", "disabled by configuration"),
        ("export database '/tmp/children'", "disabled by configuration"),
        ("attach '/tmp/other.duckdb' as other", "disabled by configuration"),
        ("install excel", "disabled by configuration"),
        ("load excel", "disabled through configuration"),
        ("set threads = 1", "configuration has been locked"),
        ("set enable_external_access = true", "configuration has been locked|Cannot"),
        ("reset memory_limit", "configuration has been locked"),
        ("insert into children values ('C9')", "read-only"),
        ("create table other as select 1 as a", "read-only"),
        ("from a_python_variable", "does not exist"),
    ],
)
def test_what_reaches_beyond_the_night_is_refused(con: duckdb.DuckDBPyConnection, sql: str, refused: str) -> None:
    a_python_variable = con.sql("select 1 as a").df()
    assert len(a_python_variable) == 1
    with pytest.raises(duckdb.Error, match=refused):
        con.execute(sql)


def test_a_name_that_is_not_supplied_is_refused_and_not_filled_in(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(duckdb.InvalidInputException, match="not provided.*team"):
        con.execute("select $team")
    with pytest.raises(duckdb.InvalidInputException, match="not provided.*team"):
        con.execute("select $team, $service", {"service": "North"})
    assert con.execute("select getvariable('team')").fetchone() == (None,)


def test_a_variable_set_on_one_cursor_fills_no_name_on_another(con: duckdb.DuckDBPyConnection) -> None:
    con.cursor().execute("set variable team = 'North'")
    with pytest.raises(duckdb.InvalidInputException, match="not provided.*team"):
        con.cursor().execute("select $team")


def test_temporary_tables_work_and_leave_nothing_beside_the_night(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    con.execute("create temp table numbers as select range as number, hash(range) as mixed from range(500000) order by mixed")
    assert con.execute("select count(*) from numbers cross join (select count(*) from children)").fetchone() == (500000,)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_question_may_take_half_a_minute_and_4_gigabytes(con: duckdb.DuckDBPyConnection) -> None:
    asked = "select current_setting('max_execution_time'), current_setting('memory_limit'), current_setting('temp_directory')"
    assert con.execute(asked).fetchone() == (30000, "3.7 GiB", "")


def test_the_same_night_opens_many_times_and_an_older_night_beside_it(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    first, second = publish(store, children=1), publish(store, children=2)
    connections = [open_night(night) for night in (first, second, second)]
    assert [con.execute("select count(*) from children").fetchone()[0] for con in connections] == [1, 2, 2]


def test_a_night_that_does_not_open_is_one_sentence(tmp_path: Path) -> None:
    night = publish(Store(tmp_path / "store"))
    night.database.write_bytes(b"not a database")
    with pytest.raises(StoreError, match=f"{night.name} cannot be opened"):
        open_night(night)
    night.database.unlink()
    with pytest.raises(StoreError, match="cannot be opened"):
        open_night(night)
