"""PostgreSQL's own export to CSV: every text as it is, no row kept in memory, and no part of a table taken for the whole."""

from __future__ import annotations

import threading
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from socket import AF_UNIX, SHUT_RDWR
from socket import socket as Socket

import duckdb
import psycopg
import pytest

from data.errors import NightRefused
from data.formats.database.connecting import connected
from data.formats.database.copying import BLOCK, DriverError, copy_out
from data.formats.gathering import gathered
from data.settings import Settings
from tests.data.small_night import AS_AT, small
from tests.data.test_database import run, settings_for, socket, to_database
from tests.support.extracts import write_extracts

__all__ = ["socket"]


@pytest.fixture
def connection(socket: Path) -> Iterator[psycopg.Connection]:
    """A connection as the product makes it: what its settings of dates and bytes are decides what is exported."""
    with connected(settings_for(socket, "")) as ((opened,), _, _):
        driver = opened.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        yield driver


@pytest.mark.parametrize(
    ("value", "exported"),
    [
        ("null::text", b""),
        ("''::text", b'""'),
        ("' '::text", b" "),
        (r"'\N'::text", rb"\N"),
        (r"'\.'::text", rb"\."),
        (r"'C:\new\table'::text", rb"C:\new\table"),
        ("'NULL'::text", b"NULL"),
        ("""'Zoë "Zo" Birch'::text""", '"Zoë ""Zo"" Birch"'.encode()),
        ("E'a\\tb'::text", b"a\tb"),
        ("E'a\\nb'::text", b'"a\nb"'),
        ("E'a\\r\\nb'::text", b'"a\r\nb"'),
        ("'a,b'::text", b'"a,b"'),
        ("'אבג 👶 e\u0301'::text", "אבג 👶 e\u0301".encode()),
        ("'ab'::char(4)", b"ab  "),
        ("date '1899-12-31'", b"1899-12-31"),
        ("date '0001-01-01'", b"0001-01-01"),
        ("date '0044-03-15 BC'", b"0044-03-15 BC"),
        ("date 'infinity'", b"infinity"),
        ("timestamp '-infinity'", b"-infinity"),
        ("timestamp '1847-06-01 12:00:00.000001'", b"1847-06-01 12:00:00.000001"),
        ("timestamptz '2026-03-29 23:00:00+00'", b"2026-03-30 00:00:00+01"),
        ("timestamptz '2026-01-05 00:00:00+13'", b"2026-01-04 11:00:00+00"),
        ("time '07:30'", b"07:30:00"),
        ("true", b"t"),
        ("12345678901234567890.123456789012345678901::numeric", b"12345678901234567890.123456789012345678901"),
        ("1e30::numeric", b"1000000000000000000000000000000"),
        ("'NaN'::numeric", b"NaN"),
        ("0.1::double precision", b"0.1"),
        ("array['a', null, '', 'b,c']", b'"{a,NULL,"""",""b,c""}"'),
        ("""'{"LTFOST18": "Y"}'::json""", b'"{""LTFOST18"": ""Y""}"'),
        ("'ab'::bytea", rb"\x6162"),
    ],
)
def test_a_value_is_exported_as_its_text(connection, tmp_path, value, exported):
    assert copy_out(connection, f"select 1, {value}, 2", tmp_path / "out") == 1
    assert (tmp_path / "out").read_bytes() == b"1," + exported + b",2\n"


def test_texts_come_out_of_the_reader_as_they_are_in_the_database(socket, tmp_path):
    """From the table to the table: what a text holds changes nothing of it, or of the rows beside it."""
    hostile = [
        'a"b',
        'c\nd "e"',
        "f\r\ng",
        "h\ti",
        "C:\\new\\",
        "\\N",
        "\\.",
        "NULL",
        "אבג 👶",
        "j,k",
        "'; drop table x; --",
        "  l",
    ]
    people = [
        {"pers_person_id": f"{number:03}", "pers_dob": "2015-01-01", "pers_forename": "x", "pers_surname": "y"}
        for number in range(100, 100 + len(hostile))
    ]
    night = small()
    night["ssd_person"] += people
    schema = to_database(socket, write_extracts(tmp_path / "night", night))
    with psycopg.connect(host=str(socket), user="tracker", dbname="postgres", autocommit=True) as opened:
        for person, text in zip(people, hostile, strict=True):
            opened.execute(
                f"update {schema}.ssd_person set pers_forename = %s where pers_person_id = %s",  # type: ignore[arg-type]
                (text, person["pers_person_id"]),
            )
    with duckdb.connect() as con, gathered(None, settings_for(socket, schema)) as came:
        came.read(con, Settings(), AS_AT)
        read = con.execute(
            "select pers_forename from ssd_person where pers_person_id >= '100' order by pers_person_id"
        ).fetchall()
        assert [text for (text,) in read] == hostile


def test_rows_longer_than_a_block_and_many_short_ones_keep_their_order(connection, tmp_path):
    query = f"select n, repeat('x', case when n % 1000 = 0 then {BLOCK + 1} else n % 7 end) from generate_series(1, 20000) n"
    assert copy_out(connection, query, tmp_path / "out") == 20000
    with (tmp_path / "out").open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            length = BLOCK + 1 if number % 1000 == 0 else number % 7
            expected = "x" * length if length else '""'
            assert line == f"{number},{expected}\n"
    assert number == 20000
    assert copy_out(connection, "select 1 where false", tmp_path / "out") == 0


def test_no_row_is_kept_in_memory(connection, tmp_path):
    query = "select n, repeat('x', 40) from generate_series(1, 200000) n"
    copy_out(connection, query, tmp_path / "first")
    tracemalloc.start()
    try:
        assert copy_out(connection, query, tmp_path / "out") == 200_000
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (tmp_path / "out").stat().st_size > 8_000_000 and most < 4 * BLOCK


@pytest.mark.parametrize(
    ("value", "code"),
    [("1 / (5000 - n)", "22012"), ("pg_terminate_backend(case n when 5000 then pg_backend_pid() else 0 end)", "57P01")],
)
def test_an_error_midway_is_an_error(socket, tmp_path, value, code):
    with psycopg.connect(host=str(socket), user="tracker", dbname="postgres") as opened:
        with pytest.raises(DriverError) as raised:
            copy_out(opened, f"select n, {value} from generate_series(1, 10000) n", tmp_path / "out")
    assert raised.value.sqlstate == code


def test_a_disk_that_is_full_is_said_and_the_server_is_told_to_stop(socket):
    with psycopg.connect(host=str(socket), user="tracker", dbname="postgres", autocommit=True) as opened:
        with pytest.raises(OSError, match="No space left"):
            copy_out(opened, "select n, repeat('x', 1000) from generate_series(1, 1000000) n", Path("/dev/full"))
        assert opened.execute("select 1").fetchone() == (1,)


class CutLine:
    """A socket before the server's own, which breaks off after so many bytes of the server's answers."""

    def __init__(self, server: Path, folder: Path, after: int) -> None:
        self.server, self.left = server / ".s.PGSQL.5432", after
        self.door = Socket(AF_UNIX)
        self.door.bind(str(folder / ".s.PGSQL.5432"))
        self.door.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        client, _ = self.door.accept()
        server = Socket(AF_UNIX)
        server.connect(str(self.server))
        threading.Thread(target=self._ask, args=(client, server), daemon=True).start()
        while self.left > 0 and (answer := server.recv(min(self.left, 8192))):
            self.left -= len(answer)
            client.sendall(answer)
        for one in (client, server, self.door):
            one.close() if one is self.door else one.shutdown(SHUT_RDWR)

    @staticmethod
    def _ask(client: Socket, server: Socket) -> None:
        while asked := client.recv(8192):
            server.sendall(asked)


def test_a_line_that_breaks_midway_refuses_the_load_and_leaves_nothing(socket, tmp_path, tmp_path_factory):
    schema = to_database(socket, write_extracts(tmp_path / "night", small()))
    run(socket, f"insert into {schema}.ssd_legal_status select t.* from {schema}.ssd_legal_status t, generate_series(1, 30000)")
    folder, scratch = tmp_path_factory.mktemp("line"), tmp_path / "scratch"
    scratch.mkdir()
    CutLine(socket, folder, after=400_000)
    settings = settings_for(socket, schema)
    settings = replace(settings, database=replace(settings.database, url=f"postgresql://tracker@/postgres?host={folder}"))
    with pytest.raises(NightRefused) as refused, gathered(None, settings, scratch=scratch):
        pass
    assert f"{schema}.ssd_legal_status could not be read to its end from the PostgreSQL database postgres" in str(refused.value)
    assert "(the server ended the connection or the query); nothing was loaded. Run the load again." in str(refused.value)
    assert list(scratch.iterdir()) == []
