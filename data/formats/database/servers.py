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
    hexadecimal; ``start``: statements before the first look; ``options``: of the connection, for one moment and reading alone.

    ``denied`` and ``wrong_login``: how its errors begin (SQLSTATE, or ORA-number), of a right that is missing and of a refused sign-in.
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


SERVERS = {
    "postgresql": Server(
        "PostgreSQL",
        "postgresql+psycopg",
        "psycopg",
        "\\x",
        connect={"connect_timeout": CONNECT_SECONDS, "application_name": "permanence-tracker", "client_encoding": "utf8"},
        options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
        # However the server is set up, its dates and times are written as the reader expects them.
        start=("set local datestyle = 'ISO, YMD'", "set local timezone = 'Europe/London'", "set local bytea_output = 'hex'"),
        denied=("42501",),
        wrong_login=("28P01", "28000"),
    ),
    "mssql": Server(
        "SQL Server",
        "mssql+pyodbc",
        "pyodbc",
        "0x",
        connect={"timeout": CONNECT_SECONDS},
        options={"isolation_level": "SNAPSHOT"},
        denied=("229", "230", "916"),
        wrong_login=("28000",),
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
    ),
}


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
