"""The dataset read straight from a database: the same tables, figures and refusals as from its export, with no password in a message."""

from __future__ import annotations

import csv
import os
import re
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from pathlib import Path
from uuid import UUID

import duckdb
import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.dialects import mssql, oracle
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

import tracker
from data.contract.contract import tables
from data.database_address import DatabaseAddress
from data.errors import NightRefused
from data.formats import gathering
from data.formats.database import connecting
from data.formats.database.connecting import connected, refusal
from data.formats.database.copying import copy_out
from data.formats.database.fetching import page_out, sql_of, statement
from data.formats.database.servers import SERVERS, text_of
from data.formats.gathering import gathered
from data.settings import Settings, SettingsError, read_settings
from data.store.store import Store
from data.synthetic import write_county
from metrics.nightly import run_nightly
from tests.data.small_night import AS_AT, small
from tests.support.extracts import write_extracts

PASSWORD = "s3cret-Pa55"
SCHEMAS = count(1)
LISTS = "select policy, rule, child_id, service, team, worker, since, limit_date, detail from listed order by all"
# What each kind of column of the dataset is in a database that its script filled.
TYPES = {"date": "timestamp", "flag": "char(1)", "number": "numeric(10, 2)", "identifier": "varchar(48)"}


@pytest.fixture(scope="module")
def socket(postgresql: Path) -> Path:
    return postgresql


def run(socket: Path, *statements: str) -> None:
    with psycopg.connect(host=str(socket), user="tracker", dbname="postgres", autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[arg-type]


def to_database(socket: Path, folder: Path, types: dict[str, str] | None = None) -> str:
    """Write the files of a folder into a new schema, and give its name. Dates are timestamps, as the dataset's own scripts write them."""
    schema = f"ssd{next(SCHEMAS)}"
    with psycopg.connect(host=str(socket), user="tracker", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"create schema {schema}")
        connection.execute("set datestyle = 'ISO, DMY'")
        for path in sorted(folder.glob("*.csv")):
            known = {column.name: TYPES.get(column.kind, "text") for column in tables()[path.stem].columns} | (types or {})
            with path.open(encoding="utf-8-sig", newline="") as file:
                names = next(csv.reader(file))
            columns = ", ".join(f"{name} {known.get(name, 'text')}" for name in names)
            connection.execute(f"create table {schema}.{path.stem} ({columns})")
            empty = ", ".join(names)
            with connection.cursor().copy(
                f"copy {schema}.{path.stem} from stdin (format csv, header, force_null ({empty}))"
            ) as copied:
                copied.write(path.read_text(encoding="utf-8-sig"))
    return schema


def settings_for(socket: Path, schema: str, **changes) -> Settings:
    address = DatabaseAddress(url=f"postgresql://tracker@/postgres?host={socket}", schema=schema)
    return Settings(database=replace(address, **changes))


def with_address(store: Path, socket: Path, schema: str) -> Store:
    store.mkdir(parents=True, exist_ok=True)
    url = f"postgresql://tracker@/postgres?host={socket}"
    text = f'month_ends = 1\ndatabase.url = "{url}"\ndatabase.schema = "{schema}"\n'
    (store / "settings.toml").write_text(text, encoding="utf-8")
    return Store(store)


@pytest.fixture(scope="module")
def county(tmp_path_factory) -> Path:
    return write_county(tmp_path_factory.mktemp("county"), children=80, as_at=AS_AT)[0]


def kept(store: Store, query: str) -> list[tuple]:
    with duckdb.connect(str(store.shown().database), read_only=True) as con:
        return con.execute(query).fetchall()


@pytest.mark.slow
def test_a_county_in_postgresql_gives_the_lists_of_its_files_and_is_known_again(socket, county, tmp_path):
    from_files = with_address(tmp_path / "files", socket, "")
    run_nightly(from_files, county, AS_AT)
    store = with_address(tmp_path / "store", socket, to_database(socket, county))
    first = run_nightly(store, None, AS_AT)
    assert first.published and "Read from the PostgreSQL database postgres on" in first.report.text()
    assert first.night.manifest["format"] == "database"
    assert len(kept(store, LISTS)) > 50 and kept(store, LISTS) == kept(from_files, LISTS)
    for name in tables():
        same = f"select * exclude (source_row) from {name} order by all"
        assert kept(store, same) == kept(from_files, same), name
    faults = "select rule, table_name, record_id, person_id, count(*) from {} group by all order by all"
    for record in ("rejects", "flags"):
        assert kept(store, faults.format(record)) == kept(from_files, faults.format(record))
    again = run_nightly(store, None, AS_AT, form="database")
    assert not again.published and "nothing new was published" in again.message
    assert list((store.path / "building").iterdir()) == []


def test_check_and_nightly_from_the_command_line(socket, tmp_path, capsys):
    folder = write_extracts(tmp_path / "night", small())
    store = with_address(tmp_path / "store", socket, to_database(socket, folder))
    assert tracker.main(["check", "--store", str(store.path), "--as-at", str(AS_AT)]) == 0
    assert "Read from the PostgreSQL database" in capsys.readouterr().out
    assert tracker.main(["nightly", "--format", "database", "--store", str(store.path), "--as-at", str(AS_AT), "--no-draft"]) == 0
    assert "3 children in care" in capsys.readouterr().out
    assert tracker.main(["nightly", "--store", str(tmp_path / "other"), "--no-draft"]) == 1
    assert "Give the folder of extracts with --extracts, or name a database" in capsys.readouterr().err


def test_files_beside_the_database_are_read_and_no_table_twice(socket, tmp_path):
    schema = to_database(socket, write_extracts(tmp_path / "night", small()))
    beside = tmp_path / "beside"
    beside.mkdir()
    meeting = "meeting_id,person_id,meeting_type,meeting_date,meeting_status\nM1,001,PPM,2026-01-05,HELD\n"
    (beside / "local_meetings.csv").write_text(meeting, encoding="utf-8")
    with duckdb.connect() as con, gathered(beside, settings_for(socket, schema), "database") as came:
        came.read(con, Settings(), AS_AT)
        assert con.execute("select meeting_id, meeting_date from local_meetings").fetchall() == [("M1", date(2026, 1, 5))]
    (beside / "SSD_PERSON.csv").write_text("x\n", encoding="utf-8")
    with pytest.raises(NightRefused, match="SSD_PERSON.csv is in .*, and ssd_person is in the database too; leave one"):
        with gathered(beside, settings_for(socket, schema), "database"):
            pass


def test_values_of_every_type_are_those_of_the_export(socket, tmp_path):
    records = small(
        local_carer_matches=[{"person_id": "001", "match_type": "ADOPTION", "match_date": "2026-03-29", "placement_id": "77"}],
        ssd_cla_visits=[{"clav_person_id": "001", "clav_cla_visit_date": "2026-06-30", "clav_cla_visit_seen": "true"}],
    )
    types = {
        "match_date": "timestamptz",
        "placement_id": "numeric(10, 0)",
        "clav_cla_visit_seen": "boolean",
        "lacp_cla_care_plan_json": "json",
        "clap_cla_placement_distance": "double precision",
    }
    records["ssd_cla_care_plan"][0]["lacp_cla_care_plan_json"] = '{"REMAINFAM": "", "LTFOST18": "Y"}'
    schema = to_database(socket, write_extracts(tmp_path / "night", records), types)
    guid = "0f8fad5b-d9cb-469f-a165-70867728950e"
    run(
        socket,
        f"update {schema}.ssd_person set pers_forename = 'Zoë, \"Zo\"\n\u05d0 \\' where pers_person_id = '001'",
        f"alter table {schema}.ssd_legal_status alter lega_legal_status_id type uuid using '{guid}'",
        f"alter table {schema}.local_carer_matches alter match_id type bytea using 'ab'",
        # Midnight in London in summer time, which is the day before in UTC.
        f"update {schema}.local_carer_matches set match_date = '2026-03-29 23:00:00+00'",
        "alter role tracker set datestyle = 'German'",
        "alter role tracker set timezone = 'Pacific/Auckland'",
    )
    try:
        with duckdb.connect() as con, gathered(None, settings_for(socket, schema)) as came:
            came.read(con, Settings(), AS_AT)
            rows = con.execute("select match_id, match_date, placement_id from local_carer_matches").fetchall()
            assert rows == [("\\x6162", date(2026, 3, 30), "77")]
            assert con.execute("select clav_cla_visit_seen, clav_cla_visit_date from ssd_cla_visits").fetchall() == [
                (True, date(2026, 6, 30))
            ]
            assert con.execute("select lega_legal_status_id from ssd_legal_status").fetchall() == [(guid.upper(),)]
            assert con.execute("select lacp_options from ssd_cla_care_plan").fetchone() == (["long_term_fostering"],)
            names = con.execute("select pers_forename from ssd_person order by pers_person_id").fetchall()
            assert names == [('Zoë, "Zo"\n\u05d0 \\',), ("Bob",), ("Cy",)]
    finally:
        run(socket, "alter role tracker reset all")


def test_page_by_page_gives_the_bytes_of_postgresqls_own_export(socket, county, tmp_path):
    """The way that SQL Server and Oracle are read, tried on the server that is here."""
    schema = to_database(socket, county)
    settings = settings_for(socket, schema)
    with connected(settings) as ((connection,), kind, _):
        for name in ("ssd_person", "ssd_cla_placement", "ssd_cla_care_plan", "local_meetings"):
            names = [column.name for column in tables()[name].columns]
            query = statement(tables()[name], names, settings, name)
            copied = copy_out(connection.connection.driver_connection, sql_of(query, connection.dialect), tmp_path / "copied")
            paged = page_out(connection, kind, query, tmp_path / "paged")
            assert copied == paged > 0
            with (tmp_path / "copied").open(newline="") as one, (tmp_path / "paged").open(newline="") as other:
                assert list(csv.reader(one)) == list(csv.reader(other))


def test_the_database_is_read_at_one_moment_and_never_written(socket, tmp_path):
    schema = to_database(socket, write_extracts(tmp_path / "night", small()))
    settings = settings_for(socket, schema)
    with connected(settings) as ((connection,), kind, _):
        before = statement(tables()["ssd_person"], ["pers_person_id", "pers_dob", "pers_death_date"], settings, "ssd_person")
        assert len(connection.execute(before).all()) == 3
        run(socket, f"truncate {schema}.ssd_legal_status", f"delete from {schema}.ssd_person")
        assert len(connection.execute(before).all()) == 3
    with pytest.raises(NightRefused, match="the connection may read only"), connected(settings) as ((connection,), _, _):
        connection.exec_driver_sql(f"delete from {schema}.ssd_person")


def test_two_connections_read_one_moment(socket, tmp_path):
    schema = to_database(socket, write_extracts(tmp_path / "night", small()))
    people = text(f"select count(*) from {schema}.ssd_person")
    with connected(settings_for(socket, schema), 2) as (connections, _, _):
        run(socket, f"delete from {schema}.ssd_person")
        assert [connection.execute(people).scalar() for connection in connections] == [3, 3]
    with (
        pytest.raises(NightRefused, match="may read only"),
        connected(settings_for(socket, schema), 2) as (connections, _, _),
    ):
        connections[1].exec_driver_sql(f"insert into {schema}.ssd_person default values")


def _reader(socket: Path, schema: str, *more: str) -> str:
    """An account that may only read a schema, as the guide says to make one; gives its name."""
    reader = f"reader_{schema}"
    run(
        socket,
        f"create role {reader} login",
        f"grant usage on schema {schema} to {reader}",
        f"grant select on all tables in schema {schema} to {reader}",
        *(statement.format(reader=reader) for statement in more),
    )
    return reader


@pytest.mark.parametrize("allowed", ["one connection", "no export", "another copy"])
def test_one_connection_reads_all_where_two_cannot_read_one_moment(socket, tmp_path, monkeypatch, allowed):
    schema = to_database(socket, write_extracts(tmp_path / "night", small()))
    reader = _reader(socket, schema, *(["alter role {reader} connection limit 1"] if allowed == "one connection" else []))
    settings = settings_for(socket, schema, url=f"postgresql://{reader}@/postgres?host={socket}")
    with monkeypatch.context() as patch:
        if allowed == "another copy":
            # What a copy says that has not the moment of the first.
            other = replace(SERVERS["postgresql"], same_moment="set transaction snapshot '00000003-0000001B-1'")
            patch.setitem(SERVERS, "postgresql", other)
        if allowed == "no export":
            run(socket, "revoke execute on function pg_export_snapshot() from public")
        try:
            with connected(settings, 2) as (connections, server, warnings):
                assert len(connections) == 1 and warnings == []
                assert connections[0].execute(text("show datestyle")).scalar() == "ISO, YMD"
            with duckdb.connect() as con, gathered(None, settings) as came:
                assert came.read(con, settings, AS_AT).rows_read > 0
        finally:
            run(socket, "grant execute on function pg_export_snapshot() to public")
    with connected(settings, 2) as (connections, _, _):
        assert len(connections) == (1 if allowed == "one connection" else 2)


def test_a_table_that_may_not_be_read_is_named_whichever_connection_asks(socket, tmp_path):
    schema = to_database(socket, write_extracts(tmp_path / "night", small()))
    reader = _reader(socket, schema)
    settings = settings_for(socket, schema, url=f"postgresql://{reader}@/postgres?host={socket}")
    for name in ("ssd_address", "ssd_cla_episodes", "ssd_person"):
        if name in tables() and (tmp_path / "night" / f"{name}.csv").exists():
            run(socket, f"revoke select on {schema}.{name} from {reader}")
            assert f"may not read {schema}.{name} in the PostgreSQL database" in refused(settings)
            run(socket, f"grant select on {schema}.{name} to {reader}")


def refused(settings: Settings, folder: Path | None = None) -> str:
    with pytest.raises(NightRefused) as found, gathered(folder, settings, "database"):
        pass
    assert PASSWORD not in str(found.value)
    return str(found.value)


def test_what_the_server_refuses_is_said_in_a_sentence(socket, tmp_path, monkeypatch):
    schema = to_database(socket, write_extracts(tmp_path / "night", small()))
    monkeypatch.setenv("SSD_PASSWORD", PASSWORD)
    settings = settings_for(socket, schema, password_variable="SSD_PASSWORD")
    nowhere = replace(settings.database, url="postgresql://tracker@/postgres?host=/tmp/nowhere")
    assert "could not be reached" in refused(replace(settings, database=nowhere))
    unknown = replace(settings.database, url=f"postgresql://tracker@/no_such?host={socket}")
    assert "database no_such on" in (said := refused(replace(settings, database=unknown)))
    assert "could not be reached (it has no database of that name)" in said
    assert re.search(r"but there is in the schema ssd\d+: set database.schema to it", refused(settings_for(socket, "public")))
    assert "check database.schema and database.prefix" in refused(settings_for(socket, schema, prefix="something_else_"))

    run(socket, f"create role nobody{schema} login password 'x'")
    url = f"postgresql://nobody_at_all{schema}@/postgres?host={socket}"
    said = refused(replace(settings, database=replace(settings.database, url=url)))
    assert f"refused the sign-in of the account nobody_at_all{schema}: check database.url and the password" in said

    run(socket, f"create role reader{schema} login", f"grant usage on schema {schema} to reader{schema}")
    reader = replace(settings.database, url=f"postgresql://reader{schema}@/postgres?host={socket}")
    assert f"The account reader{schema} may not read {schema}.local_" not in (said := refused(replace(settings, database=reader)))
    assert "ask its administrator for the right to select from it" in said and f"may not read {schema}.ssd_" in said

    run(socket, f"alter table {schema}.ssd_involvements rename to ssd_involvement")
    assert "There is no table ssd_involvements" in (said := refused(settings)) and "but one named ssd_involvement;" in said
    run(socket, f"alter table {schema}.ssd_involvement rename to ssd_involvements", f"truncate {schema}.ssd_cla_episodes")
    assert f"{schema}.ssd_cla_episodes has no rows in the PostgreSQL database" in refused(settings)
    run(socket, f'create table {schema}."SSD_PERSON" (x int)')
    assert "are both the table ssd_person in the database; leave one of them" in refused(settings)


class Said(Exception):
    """What a driver raises, with its code and words."""

    def __init__(self, sqlstate: str | None, *args: str) -> None:
        super().__init__(*args)
        self.sqlstate = sqlstate


@pytest.mark.parametrize("password", ["pa/ss", "pa@ss", "pa:ss", "pa#ss", "p%2Fss", "a", "postgres"])
@pytest.mark.parametrize(
    ("kind", "error", "table", "said"),
    [
        (
            "postgresql",
            Said(None, 'connection failed: FATAL:  password authentication failed for user "me"'),
            "",
            "refused the sign-in",
        ),
        ("postgresql", Said(None, "connection failed: fe_sendauth: no password supplied"), "", "refused the sign-in"),
        (
            "postgresql",
            Said(None, "failed to resolve host 'db': Name or service not known"),
            "",
            "no server of that name is known",
        ),
        ("postgresql", Said("22007", 'invalid input syntax for type date: "Zoë Birch"'), "t", "a value cannot be turned into"),
        ("postgresql", Said("XX001", "row Zoë Birch is broken"), "t", "(error XX001)"),
        (
            "mssql",
            Said(None, "28000", "[28000] Login failed for user 'me'. (18456) (SQLDriverConnect)"),
            "",
            "refused the sign-in",
        ),
        (
            "mssql",
            Said(None, "22018", "[22018] Conversion failed when converting 'Zoë Birch' (245)"),
            "t",
            "a value cannot be turned",
        ),
        ("oracle", Said(None, "ORA-01722: invalid number: Zoë Birch"), "t", "a value cannot be turned"),
        ("oracle", Said(None, "DPY-9999: Zoë Birch"), "t", "(error DPY-9999)"),
        ("oracle", Said(None, "something"), "", "(error DBAPIError)"),
    ],
)
def test_no_word_of_a_server_is_repeated(kind, error, table, said, password):
    url = make_url(f"{kind}://me@db/ssd").set(password=password)
    told = str(refusal(DBAPIError("select", {}, error), SERVERS[kind], url, table))
    assert said in told and "Birch" not in told and f"{password}@" not in told and "FATAL" not in told


def test_a_column_that_is_missing_is_named_as_for_a_file(socket, tmp_path):
    schema = to_database(socket, write_extracts(tmp_path / "night", small()))
    run(socket, f"alter table {schema}.ssd_person rename pers_dob to pers_dobs")
    with (
        duckdb.connect() as con,
        gathered(None, settings_for(socket, schema)) as came,
        pytest.raises(NightRefused, match="ssd_person has no column pers_dob, but has pers_dobs"),
    ):
        came.read(con, Settings(), AS_AT)


def test_columns_that_the_tracker_does_not_know_stay_in_the_database(socket, tmp_path):
    schema = to_database(socket, write_extracts(tmp_path / "night", small()))
    run(socket, f"alter table {schema}.ssd_person add pers_nhs_number text default '943 476 5919'")
    with gathered(None, settings_for(socket, schema)) as came:
        assert "943" not in (came.folder / "ssd_person").read_text(encoding="utf-8")


def test_a_prefix_views_and_capital_letters_are_found(socket, tmp_path):
    schema = to_database(socket, write_extracts(tmp_path / "night", small()))
    run(
        socket,
        *(f'alter table {schema}.{name} rename to "STG_{name.upper()}"' for name, table in tables().items() if table.required),
        f'alter table {schema}."STG_SSD_PERSON" rename to people',
        f"create view {schema}.stg_ssd_person as select * from {schema}.people",
    )
    with duckdb.connect() as con, gathered(None, settings_for(socket, schema, prefix="stg_")) as came:
        report = came.read(con, Settings(), AS_AT)
        assert next(file for file in report.files if file.table_name == "ssd_person").rows_used == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f'database.url = "postgresql://me:{PASSWORD}@db/ssd"', "database.url has a password"),
        (f'database.url = "mssql://@db/ssd?odbc_connect=UID%3Dx;PWD%3D{PASSWORD}"', "database.url has a password"),
        (f'database.url = "postgresql://db/ssd?password={PASSWORD}"', "database.url has a password"),
        *((f'database.url = "postgresql://me:{sign}{PASSWORD}@db/ssd"', "database.url has a password") for sign in "/@:#?&%"),
        *((f'database.url = "mssql://me:{PASSWORD}{sign}@db/ssd"', "database.url has a password") for sign in "/@:#?&%"),
        ('database.url = "mysql://db/ssd"', 'does not start with "postgresql://"'),
        ('database.schema = "dbo"', "database.schema has no effect without database.url"),
        (f'database.pasword = "{PASSWORD}"', '"pasword" is not a setting of database'),
        ("database.url = 1", "database.url is not a text"),
        (f'database = "{PASSWORD}"', "database is not a table"),
        (
            'database.url = "oracle://db/x"\ndatabase.password_file = "f"\ndatabase.password_variable = "V"',
            "are both given; leave one of the two",
        ),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_repeating_a_password(tmp_path, text, said):
    (tmp_path / "settings.toml").write_text(text + "\n", encoding="utf-8")
    with pytest.raises(SettingsError) as found:
        read_settings(tmp_path)
    assert said in str(found.value) and "line" in str(found.value) and PASSWORD not in str(found.value)


def test_the_password_comes_from_a_variable_or_a_file_outside_the_store(socket, tmp_path, monkeypatch):
    schema = to_database(socket, write_extracts(tmp_path / "night", small()))
    monkeypatch.delenv("SSD_PASSWORD", raising=False)
    assert "SSD_PASSWORD, which database.password_variable names, is not set" in refused(
        settings_for(socket, schema, password_variable="SSD_PASSWORD")
    )
    file = tmp_path / "password"
    assert "cannot be read; give the file that holds the password" in refused(
        settings_for(socket, schema, password_file=str(file))
    )
    file.write_text("\n", encoding="utf-8")
    assert "is empty" in refused(settings_for(socket, schema, password_file=str(file)))
    file.write_text(f"{PASSWORD}\n", encoding="utf-8")
    file.chmod(0o644)
    assert "chmod 600" in refused(settings_for(socket, schema, password_file=str(file)))
    file.chmod(0o600)
    with gathered(None, settings_for(socket, schema, password_file=str(file))) as came:
        assert len(list(came.folder.iterdir())) == len([table for table in tables().values() if table.required])
    in_store = replace(settings_for(socket, schema, password_file=str(file)), folder=tmp_path)
    assert "is in the store, which is backed up" in refused(in_store)


def test_a_driver_that_is_not_installed_is_named():
    address = DatabaseAddress(url="mssql://@server/HDM?driver=ODBC+Driver+18+for+SQL+Server")
    pytest.importorskip("sqlalchemy")
    try:
        import pyodbc  # noqa: F401
    except ImportError:
        assert "The driver for SQL Server is not installed" in refused(Settings(database=address))


NAMES = ["pers_person_id", "pers_dob", "pers_death_date", "pers_forename"]


def test_the_sql_of_sql_server_and_oracle():
    settings = Settings(database=DatabaseAddress(url="mssql://db/x", schema="ssd_development"))
    query = statement(tables()["ssd_person"], NAMES, settings, "ssd_person")
    assert " ".join(sql_of(query, mssql.dialect()).split()) == (
        "SELECT [pers_person_id], [pers_dob], [pers_death_date], [pers_forename] FROM [ssd_development].[ssd_person] "
        "ORDER BY [pers_person_id], [pers_dob], [pers_death_date]"
    )
    assert ' FROM "ssd_development"."ssd_person" ORDER BY "pers_person_id", "pers_dob", "pers_death_date"' in " ".join(
        sql_of(query, oracle.dialect()).split()
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        ("", ""),
        ("Null", "Null"),
        (datetime(2026, 10, 31), "2026-10-31 00:00:00"),
        (datetime(2026, 3, 29, 23, 0, tzinfo=UTC), "2026-03-30 00:00:00"),
        (date(2026, 10, 31), "2026-10-31"),
        (True, "1"),
        (False, "0"),
        (Decimal("1001"), "1001"),
        (Decimal("1E+3"), "1000"),
        (Decimal("12.50"), "12.50"),
        (1001.0, "1001"),
        (12.5, "12.5"),
        (b"\x01\xab", "0x01AB"),
        (UUID("0f8fad5b-d9cb-469f-a165-70867728950e"), "0F8FAD5B-D9CB-469F-A165-70867728950E"),
        (7, "7"),
    ],
)
def test_a_value_of_sql_server_as_its_export_would_hold_it(value, text):
    assert text_of(value, SERVERS["mssql"]) == text


def test_a_query_of_mapping_is_read_beside_any_form(socket, tmp_path):
    folder = write_extracts(tmp_path / "night", small())
    schema = to_database(socket, folder)
    run(
        socket,
        f"create table {schema}.form (child varchar(48), held text, kind text)",
        f"insert into {schema}.form values ('001', '2026-01-05 00:00:00', 'Planning'), ('002', 'soon', 'Planning')",
    )
    mapping = f"""
[local_meetings]
query = "select child, held, kind from {schema}.form order by child"
[local_meetings.columns]
person_id = "child"
meeting_date = "HELD"
meeting_type = "kind"
meeting_status = ""
[local_meetings.values.meeting_type]
planning = "PPM"
"""
    store = tmp_path / "store"
    store.mkdir()
    (store / "mapping.toml").write_text(mapping, encoding="utf-8")
    settings = replace(settings_for(socket, schema), folder=store)
    for extracts in (folder, None):
        with duckdb.connect() as con, gathered(extracts, settings) as came:
            report = came.read(con, Settings(), AS_AT)
            assert con.execute("select meeting_id, person_id, meeting_date from local_meetings").fetchall() == [
                ("query/2", "001", date(2026, 1, 5))
            ], report.text()
            (reason,) = con.execute("select reason from rejects").fetchone()
            assert reason.startswith('the query of local_meetings, row 3, column "HELD": meeting_date')
    (store / "mapping.toml").write_text(mapping.replace(f"{schema}.form", f"{schema}.nothing"), encoding="utf-8")
    with duckdb.connect() as con, gathered(folder, settings) as came:
        said = " ".join(came.read(con, Settings(), AS_AT).warnings)
        assert "local_meetings is not supplied: the query of local_meetings could not be read to its end" in said
        assert "(there is no such table)" in said


MAPPED = """
[local_meetings]
query = "select child, held from {schema}.form order by child"
[local_meetings.columns]
person_id = "child"
meeting_date = "held"
meeting_status = ""
[local_meetings.fixed]
meeting_type = "PPM"
"""


EVENTS = """
[local_events]
query = "select child, held from {schema}.form order by child"
[local_events.columns]
person_id = "child"
event_date = "held"
[local_events.fixed]
event_type = "STABILITY_CONCERN"
"""


def with_queries(socket: Path, tmp_path: Path, rows: int = 2) -> tuple[str, Settings]:
    """A schema with the small night and a table ``form`` of meetings, and a mapping that asks for them."""
    schema = to_database(socket, write_extracts(tmp_path / "night", small()))
    run(
        socket,
        f"create table {schema}.form (child varchar(48), held text)",
        f"insert into {schema}.form select '001', '2026-01-05' from generate_series(1, {rows})",
    )
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "mapping.toml").write_text(MAPPED.format(schema=schema), encoding="utf-8")
    return schema, replace(settings_for(socket, schema), folder=tmp_path / "store")


def test_a_query_of_mapping_is_asked_at_the_moment_of_the_tables(socket, tmp_path, monkeypatch):
    schema, settings = with_queries(socket, tmp_path)
    make = gathering.make_tables

    def make_after_a_change(*given):
        run(socket, f"delete from {schema}.form", f"delete from {schema}.ssd_person where pers_person_id = '003'")
        own = make(*given)
        run(socket, f"delete from {schema}.ssd_legal_status")
        return own

    monkeypatch.setattr(gathering, "make_tables", make_after_a_change)
    with duckdb.connect() as con, gathered(None, settings) as came:
        came.read(con, Settings(), AS_AT)
        tables = ("local_meetings", "ssd_person", "ssd_legal_status")
        assert [con.execute(f"select count(*) from {name}").fetchone() for name in tables] == [(2,), (3,), (1,)]


@pytest.mark.parametrize("with_database", [True, False])
def test_a_query_with_a_mistake_costs_its_own_table_alone(socket, tmp_path, with_database):
    schema, settings = with_queries(socket, tmp_path, rows=3_000)
    notes = (
        EVENTS.replace("local_events", "local_case_notes").replace("event_", "note_").replace("STABILITY_CONCERN", "SUPERVISION")
    )
    # Of the second the names of the columns are read, and no row.
    mapping = EVENTS.replace(".form", ".nothing") + notes.replace('note_date = "held"', 'note_date = "when"') + MAPPED
    (tmp_path / "store" / "mapping.toml").write_text(mapping.format(schema=schema), encoding="utf-8")
    with duckdb.connect() as con, gathered(None if with_database else tmp_path / "night", settings) as came:
        report = came.read(con, Settings(), AS_AT)
        assert con.execute("select count(*) from local_meetings").fetchone() == (3_000,)
        assert con.execute("select count(*) from ssd_person").fetchone() == (3,)
    said = " ".join(report.warnings)
    assert "local_events is not supplied: the query of local_events could not be read to its end" in said
    assert "has no column headed 'when'" in said


def test_a_database_that_cannot_be_reached_is_tried_once_for_all_queries(socket, tmp_path, monkeypatch):
    _, settings = with_queries(socket, tmp_path)
    (tmp_path / "store" / "mapping.toml").write_text((MAPPED + EVENTS).format(schema="x"), encoding="utf-8")
    tried = []
    monkeypatch.setattr(connecting, "create_engine", lambda *given, **more: tried.append(1) or create_engine(*given, **more))
    nowhere = replace(settings, database=replace(settings.database, url="postgresql://tracker@/postgres?host=/tmp/nowhere"))
    with duckdb.connect() as con, gathered(tmp_path / "night", nowhere) as came:
        said = [said for said in came.read(con, Settings(), AS_AT).warnings if "could not be reached" in said]
    assert len(said) == 2 and tried == [1]


def test_every_fault_of_a_database_is_said_at_once(socket, tmp_path):
    meeting = {"person_id": "001", "meeting_type": "PPM", "meeting_date": "2026-01-05", "meeting_status": "HELD"}
    schema = to_database(socket, write_extracts(tmp_path / "night", small(local_meetings=[meeting])))
    reader = _reader(socket, schema)
    settings = settings_for(socket, schema, url=f"postgresql://{reader}@/postgres?host={socket}")
    run(
        socket,
        f"drop table {schema}.ssd_department",
        f"alter table {schema}.ssd_involvements rename to ssd_involvement",
        f"truncate {schema}.ssd_cla_episodes",
        f"revoke select on {schema}.local_meetings from {reader}",
    )
    said = refused(settings).splitlines()
    assert len(said) == 4, said
    assert "no table ssd_involvements" in said[0] and "no table ssd_department" in said[1]
    assert any("ssd_cla_episodes has no rows" in line for line in said[2:])
    assert any(f"may not read {schema}.local_meetings" in line for line in said[2:])


def test_columns_that_are_missing_are_named_for_every_table_and_an_optional_one_is_not_supplied(socket, tmp_path):
    meeting = {"person_id": "001", "meeting_type": "PPM", "meeting_date": "2026-01-05", "meeting_status": "HELD"}
    schema = to_database(socket, write_extracts(tmp_path / "night", small(local_meetings=[meeting])))
    run(socket, f"alter table {schema}.local_meetings drop meeting_date")
    settings = settings_for(socket, schema)
    with duckdb.connect() as con, gathered(None, settings) as came:
        said = came.read(con, Settings(), AS_AT).warnings
        assert any(line.startswith("local_meetings is not supplied: local_meetings has no column meeting_date") for line in said)
    run(socket, f"alter table {schema}.ssd_person drop pers_dob", f"alter table {schema}.ssd_legal_status drop lega_person_id")
    with duckdb.connect() as con, gathered(None, settings) as came, pytest.raises(NightRefused) as found:
        came.read(con, Settings(), AS_AT)
    assert [line.split(" (")[0] for line in str(found.value).splitlines()] == [
        "ssd_person has no column pers_dob",
        "ssd_legal_status has no column lega_person_id",
    ]


def test_the_export_script_of_the_docs_writes_a_folder_that_loads_to_the_same_tables(socket, county, tmp_path):
    """Run as it stands in docs/how-to/export-the-dataset.md, with the server, schema and folder of the test."""
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "export-the-dataset.md").read_text(encoding="utf-8")
    script = tmp_path / "export.sh"
    script.write_text(page.partition("```bash\n")[2].partition("```")[0], encoding="utf-8")
    schema = to_database(socket, county)
    run(socket, f"create table {schema}.other (x int)", f"alter table {schema}.ssd_cla_visits alter clav_cla_visit_seen type boolean "
        "using clav_cla_visit_seen in ('Y', '1', 'true')")  # fmt: skip
    place = {"PGHOST": str(socket), "PGUSER": "tracker", "PGDATABASE": "postgres", "SCHEMA": schema, "FOLDER": str(tmp_path)}
    done = subprocess.run(["bash", str(script)], env=os.environ | place, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (folder,) = [path for path in tmp_path.iterdir() if path.is_dir()]
    assert folder.name == f"{date.today()}" and {path.stem for path in folder.iterdir()} == {
        path.stem for path in county.glob("*.csv")
    }
    with duckdb.connect() as con, duckdb.connect() as other:
        with gathered(folder, Settings()) as came:
            came.read(con, Settings(), AS_AT)
        with gathered(county, Settings()) as came:
            came.read(other, Settings(), AS_AT)
        for name in tables():
            same = f"select * exclude (source_row) from {name} order by all"
            assert con.execute(same).fetchall() == other.execute(same).fetchall(), name
        assert con.execute("select count(*) from ssd_cla_visits where clav_cla_visit_seen").fetchone()[0] > 0
