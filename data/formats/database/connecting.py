"""A connection that only reads, inside one moment of the database where the server can; its errors without a password."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from data.database_address import DatabaseAddress, shown
from data.errors import NightRefused
from data.formats.database.servers import SERVERS, Server
from data.secret import SecretError, SecretPlace, read_secret
from data.settings import Settings

SNAPSHOT_ALLOWED = "select snapshot_isolation_state from sys.databases where database_id = db_id()"
NO_SNAPSHOT = (
    "SQL Server does not allow a snapshot of this database, so the tables were read one after another: run the load when nothing fills "
    "them, or ask for ALLOW_SNAPSHOT_ISOLATION."
)


Opened = tuple[tuple[Connection, ...], Server, list[str]]


@contextmanager
def connected(settings: Settings, at_most: int = 1) -> Iterator[Opened]:
    """Connections to the database of the settings, its kind of server, and what there is to warn of. Nothing is ever written.

    ``at_most`` so many connections, which all read one moment of the database; only one where the server or the account's rights allow no
    more. Raises NightRefused for an address that cannot be used, a password that cannot be found, and whatever the server refuses.
    """
    address = settings.database
    server, url = _server_of(address)
    password = _password(address, settings.folder)
    if password:
        url = url.set(password=password)
    try:
        engine = create_engine(url, connect_args=dict(server.connect), hide_parameters=True)
    except ModuleNotFoundError:
        raise NightRefused(
            f"The driver for {server.name} is not installed; install it in the tracker's environment: pip install {server.package}."
        ) from None
    try:
        options, warnings = dict(server.options), []
        if server.driver.startswith("mssql"):
            with engine.connect() as first:
                if first.execute(text(SNAPSHOT_ALLOWED)).scalar() != 1:
                    options, warnings = {"isolation_level": "READ COMMITTED"}, [NO_SNAPSHOT]
        with ExitStack() as opened:
            yield _opened_at_one_moment(opened, engine, server, options, at_most), server, warnings
    except SQLAlchemyError as error:
        # Not "from error": a driver's own words may quote its address.
        raise refusal(error, server, url) from None
    finally:
        engine.dispose()


def _opened_at_one_moment(
    opened: ExitStack, engine: Engine, server: Server, options: Mapping[str, Any], at_most: int
) -> tuple[Connection, ...]:
    first = _opened(opened, engine, server, options)
    if at_most == 1 or not server.moment:
        return (first,)
    try:
        moment = first.execute(text(server.moment)).scalar()
        same = server.same_moment.format(moment=moment)
        return first, *(_opened(opened, engine, server, options, same) for _ in range(at_most - 1))
    except SQLAlchemyError:
        # The account may have one connection only, or no right to the function, or another copy of the database has answered, which knows
        # nothing of the first one's moment. Nothing has been read: one connection begins anew and reads all.
        opened.close()
        return (_opened(opened, engine, server, options),)


def _opened(opened: ExitStack, engine: Engine, server: Server, options: Mapping[str, Any], *before: str) -> Connection:
    plain = opened.enter_context(engine.connect())
    connection = opened.enter_context(plain.execution_options(**options))
    opened.enter_context(connection.begin())
    for statement in (*before, *server.start):
        connection.execute(text(statement))
    return connection


@contextmanager
def by_itself(connection: Connection, server: Server) -> Iterator[None]:
    """Something is asked whose failure is its own: PostgreSQL would else refuse all that is asked after it at the same moment."""
    if server is SERVERS["postgresql"]:
        with connection.begin_nested():
            yield
    else:
        yield


def words(url: URL, server: Server) -> str:
    """Where a database is, without its password."""
    host = shown(url.host) or shown(url.query.get("host")) or "this machine"
    return f"{server.name} database {shown(url.database)} on {host}" if url.database else f"{server.name} on {host}"


def named(settings: Settings) -> str:
    """The same of the database of the settings."""
    server, url = _server_of(settings.database)
    return words(url, server)


def _server_of(address: DatabaseAddress) -> tuple[Server, URL]:
    try:
        url = make_url(address.url)
        server = SERVERS[url.get_backend_name()]
        return server, url.set(drivername=server.driver)
    except (ArgumentError, NoSuchModuleError, ValueError, KeyError):
        raise NightRefused(
            'database.url in settings.toml cannot be used; write it as "postgresql://account@server/database" (or mssql://, oracle://).'
        ) from None


def _password(address: DatabaseAddress, store: Path | None) -> str:
    place = SecretPlace(address.password_variable, address.password_file, "database.password", "password")
    try:
        return read_secret(place, store)
    except SecretError as error:
        raise NightRefused(str(error)) from None


def refusal(error: SQLAlchemyError, server: Server, url: URL, table: str = "") -> NightRefused:
    """What a server's error means, and what to do. ``table``: the one that was being read.

    The server's own words may hold a value of a row, or a password, so none of them is repeated.
    """
    codes, said = _codes(error), _said(error)
    where = words(url, server)
    account = url.username or "of the tracker"
    if _is(codes, server.wrong_login) or not table and any(text in said for text in server.wrong_login_words):
        return NightRefused(
            f"The {where} refused the sign-in of the account {account}: check database.url and the password that the settings name."
        )
    if table and _is(codes, server.denied):
        return NightRefused(
            f"The account {account} may not read {table} in the {where}; ask its administrator for the right to select from it."
        )
    why = next(
        (words for codes_of, texts, words in server.reasons if _is(codes, codes_of) or any(text in said for text in texts)), ""
    )
    why = why or f"error {next(filter(None, codes), type(error).__name__)}"
    if table:
        return NightRefused(
            f"{table} could not be read to its end from the {where} ({why}); nothing was loaded. Run the load again."
        )
    return NightRefused(
        f"The {where} could not be reached ({why}); check database.url, and that the server runs and lets this machine in."
    )


def is_denied(error: SQLAlchemyError, server: Server) -> bool:
    """Whether the account lacks the right to read what it asked for."""
    return _is(_codes(error), server.denied)


def _is(codes: list[str], beginnings: tuple[str, ...]) -> bool:
    return bool(beginnings) and any(code.startswith(beginnings) for code in codes)


def _cause(error: SQLAlchemyError) -> BaseException:
    return error.orig if isinstance(error, DBAPIError) and error.orig else error


def _codes(error: SQLAlchemyError) -> list[str]:
    """What an error is called: SQLSTATE, or the server's own number, in the forms of the three drivers."""
    cause = _cause(error)
    numbers = re.findall(r"\((\d{1,5})\)|\b((?:ORA|DPY|DPI)-\d+)", " ".join(str(part) for part in cause.args))
    first = [str(part) for part in cause.args[:1] if re.fullmatch(r"[A-Z0-9]{5}", str(part))]
    return [str(getattr(cause, "sqlstate", "") or ""), *first, *(number or code for number, code in numbers)]


def _said(error: SQLAlchemyError) -> str:
    """An error in the driver's words, to be searched and never shown: a connection that PostgreSQL refuses has no code."""
    return str(_cause(error)).casefold()
