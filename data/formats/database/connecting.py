"""A connection that only reads, inside one moment of the database where the server can; its errors without a password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from data.database_address import DatabaseAddress
from data.errors import NightRefused
from data.formats.database.servers import SERVERS, Server
from data.secret import SecretError, SecretPlace, read_secret
from data.settings import Settings

SNAPSHOT_ALLOWED = "select snapshot_isolation_state from sys.databases where database_id = db_id()"
NO_SNAPSHOT = (
    "SQL Server does not allow a snapshot of this database, so the tables were read one after another: run the load when nothing fills "
    "them, or ask for ALLOW_SNAPSHOT_ISOLATION."
)


@contextmanager
def connected(settings: Settings) -> Iterator[tuple[Connection, Server, list[str]]]:
    """A connection to the database of the settings, its kind of server, and what there is to warn of. Nothing is ever written.

    Raises NightRefused for an address that cannot be used, a password that cannot be found, and whatever the server refuses.
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
        with engine.connect() as plain, plain.execution_options(**options) as connection, connection.begin():
            for statement in server.start:
                connection.execute(text(statement))
            yield connection, server, warnings
    except SQLAlchemyError as error:
        # Not "from error": a driver's own words may quote its address.
        raise refusal(error, server, url) from None
    finally:
        engine.dispose()


def words(url: URL, server: Server) -> str:
    """Where a database is, without its password."""
    host = url.host or url.query.get("host") or "this machine"
    return f"{server.name} database {url.database} on {host}" if url.database else f"{server.name} on {host}"


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
    """What a server's error means, and what to do. ``table``: the one that was being read."""
    codes = _codes(error)
    where = words(url, server)
    account = url.username or "of the tracker"
    if any(code.startswith(server.wrong_login) for code in codes):
        return NightRefused(
            f"The {where} refused the sign-in of the account {account}: check database.url and the password that the settings name."
        )
    if table and server.denied and any(code.startswith(server.denied) for code in codes):
        return NightRefused(
            f"The account {account} may not read {table} in the {where}; ask its administrator for the right to select from it."
        )
    first = _first_line(error, url)
    if table:
        return NightRefused(
            f"{table} could not be read to its end from the {where} ({first}); nothing was loaded. Run the load again."
        )
    return NightRefused(
        f"The {where} could not be reached ({first}); check database.url, and that the server runs and lets this machine in."
    )


def _codes(error: SQLAlchemyError) -> list[str]:
    """What an error is called: SQLSTATE, or the server's own number, in the forms of the three drivers."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    said = " ".join(str(part) for part in cause.args)
    numbers = [part.strip("()[]:,.") for part in said.split() if part.startswith(("(", "ORA-"))]
    return [str(getattr(cause, "sqlstate", "") or ""), *(str(part) for part in cause.args[:1]), *numbers]


def _first_line(error: SQLAlchemyError, url: URL) -> str:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    line = next((line.strip() for line in str(cause).splitlines() if line.strip()), type(cause).__name__).rstrip(".")
    return line.replace(str(url.password), "***") if url.password else line
