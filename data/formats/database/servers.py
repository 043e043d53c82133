"""What is particular to each kind of server: its driver, how one moment of it is read, and how its values are written as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
CONNECT_SECONDS = 15


@dataclass(frozen=True)
class Server:
    """A kind of server. ``driver``: as SQLAlchemy names it; ``package``: what to install for it; ``bytes_prefix``: before bytes in
    hexadecimal; ``start``: statements before the first look; ``options``: of the connection, for one moment and reading alone;
    ``moment`` and ``same_moment``: the question what moment a connection reads, and how another is set to it, where that can be.

    ``denied`` and ``wrong_login``: how its errors begin (SQLSTATE, or ORA-number), of a right that is missing and of a refused sign-in;
    ``wrong_login_words``: what is in the driver's own words of a refused sign-in, where it has no code. ``reasons``: the same for what else
    may happen, each with our words for it.
    """

    name: str
    driver: str
    package: str
    bytes_prefix: str
    connect: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    start: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    wrong_login: tuple[str, ...] = ()
    wrong_login_words: tuple[str, ...] = ()
    reasons: tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...] = ()
    moment: str = ""
    same_moment: str = ""


NO_TABLE, NO_COLUMN = "there is no such table", "there is no such column"
NOT_SQL, NO_VALUE = "the query is not SQL that the server understands", "a value cannot be turned into what the query asks for"
NO_DATABASE, NO_SERVER = "it has no database of that name", "no server of that name is known"
NOT_ANSWERING, READS_ONLY = "nothing answers there", "the connection may read only, and the query writes"
STOPPED = "the server ended the connection or the query"
# In the words of any driver.
CONNECTION = (
    ((), ("could not translate host", "name or service not known", "failed to resolve host", "getaddrinfo"), NO_SERVER),
    ((), ("server closed the connection", "connection reset by peer", "lost connection"), STOPPED),
    ((), ("connection refused", "no such file or directory", "timeout", "timed out", "is the server running"), NOT_ANSWERING),
)

SERVERS = {
    "postgresql": Server(
        "PostgreSQL",
        "postgresql+psycopg",
        "psycopg",
        "\\x",
        connect={"connect_timeout": CONNECT_SECONDS, "application_name": "permanence-tracker", "client_encoding": "utf8"},
        options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
        # However the server is set up, its dates and times are written as the reader expects them, and a table is sorted in memory.
        start=(
            "set local datestyle = 'ISO, YMD'", "set local timezone = 'Europe/London'", "set local bytea_output = 'hex'",
            "set local work_mem = '32MB'",
        ),
        moment="select pg_export_snapshot()",
        same_moment="set transaction snapshot '{moment}'",
        denied=("42501",),
        wrong_login=("28",),
        wrong_login_words=(
            "password authentication failed", "authentication failed for user", "no password supplied", "no pg_hba.conf entry",
            'fatal:  role "', "is not permitted to log in",
        ),
        reasons=(
            (("3D000",), ('fatal:  database "',), NO_DATABASE), (("42P01", "3F000"), (), NO_TABLE), (("42703",), (), NO_COLUMN),
            (("42601", "42883"), (), NOT_SQL), (("22",), (), NO_VALUE), (("25006",), (), READS_ONLY), (("57", "08"), (), STOPPED),
            *CONNECTION,
        ),
    ),
    "mssql": Server(
        "SQL Server",
        "mssql+pyodbc",
        "pyodbc",
        "0x",
        connect={"timeout": CONNECT_SECONDS},
        options={"isolation_level": "SNAPSHOT"},
        denied=("229", "230", "916"),
        wrong_login=("28000", "18456"),
        reasons=(
            (("4060", "911"), (), NO_DATABASE), (("208",), (), NO_TABLE), (("207",), (), NO_COLUMN), (("102", "156"), (), NOT_SQL),
            (("241", "242", "245", "8114"), (), NO_VALUE), *CONNECTION,
        ),
    ),
    "oracle": Server(
        "Oracle",
        "oracle+oracledb",
        "oracledb",
        "",
        connect={"tcp_connect_timeout": CONNECT_SECONDS},
        start=("set transaction read only",),
        denied=("ORA-01031", "ORA-00942"),
        wrong_login=("ORA-01017", "ORA-28000"),
        reasons=(
            (("ORA-12514", "ORA-12505", "DPY-6001", "DPY-6003"), (), NO_DATABASE), (("ORA-00904",), (), NO_COLUMN),
            (("ORA-009",), (), NOT_SQL), (("ORA-01722", "ORA-018"), (), NO_VALUE), (("ORA-01456",), (), READS_ONLY),
            (("ORA-03113", "ORA-03135", "DPY-4011"), (), STOPPED), *CONNECTION,
        ),
    ),
}  # fmt: skip


def text_of(value: Any, server: Server) -> str | None:
    """A value of the database as its export to CSV would hold it; None for NULL."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        local = value.astimezone(LONDON).replace(tzinfo=None) if value.tzinfo else value
        return local.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return server.bytes_prefix + bytes(value).hex().upper()
    return str(value).upper() if isinstance(value, UUID) else str(value)
