"""The contract's tables of a database into a folder, a file each, as their export would be; then the reader of all files reads them.

They are streamed, a page at a time, so that memory does not grow with the rows, and in the order of their key, so that an unchanged
database gives the same bytes. Where a server can show one moment to two connections, two tables are read at once.
"""

from __future__ import annotations

import csv
import difflib
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from threading import Event

from sqlalchemy import Connection, Inspector, column, inspect, select, table
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.reflection import ObjectKind, ObjectScope
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql import quoted_name
from sqlalchemy.sql.expression import ColumnClause, Select

from data.contract.contract import Table, tables
from data.contract.systems import System, named, systems
from data.errors import NightRefused, Refusals
from data.formats.database import connecting
from data.formats.database.copying import DriverError, copy_out
from data.formats.database.servers import SERVERS, Server, text_of
from data.reading.header import match_header
from data.settings import Settings

PAGE = 5_000
# A server sorts a table before it sends a row of it: another connection's table is sorted meanwhile.
CONNECTIONS = 2
MUST_HAVE_ROWS = ("ssd_person", "ssd_cla_episodes")
NOT_SORTED_BY = ("text", "plan")


@dataclass(frozen=True)
class Fetched:
    """What was fetched: the folder's tables, where from, what to warn of, and which tables of the database were left there."""

    tables: tuple[str, ...]
    where: str
    warnings: tuple[str, ...]
    others: tuple[str, ...]


def fetch(
    opened: connecting.Opened, settings: Settings, folder: Path, progress: Callable[[str], None] = lambda line: None
) -> Fetched:
    """Write each of the contract's tables that the database has into ``folder``, as a file of the table's name in the form of a CSV.

    Only the columns that the contract knows leave the database; of a table whose columns are wrong its names alone, and whoever reads the
    file says what is wrong. Raises NightRefused where the database cannot be reached, and for each table that every load needs and it lacks
    or has no rows of, and each that it refuses, all at once.
    """
    connections, server, warnings = opened
    look = inspect(connections[0])
    found, others, refusals = find_tables(look, settings)
    columns = columns_of(look, found.values(), settings)
    free: SimpleQueue[Connection] = SimpleQueue()
    for connection in connections:
        free.put(connection)
    broken = Event()

    def rows_of(name: str) -> int | None:
        own_name, connection = found[name], free.get()
        try:
            if broken.is_set():
                return None
            with connecting.by_itself(connection, server):
                rows = _fetch(connection, server, settings, tables()[name], own_name, columns[own_name], folder / name)
        except SQLAlchemyError as error:
            if not connecting.is_denied(error, server):
                broken.set()
            raise connecting.refusal(error, server, connection.engine.url, _shown(settings, own_name)) from None
        finally:
            free.put(connection)
        if rows == 0 and name in MUST_HAVE_ROWS:
            where = f"{_shown(settings, own_name)} has no rows in the {connecting.named(settings)}"
            raise NightRefused(f"{where}, and every data load needs it; run the script that fills it.")
        return rows

    with ThreadPoolExecutor(len(connections)) as reading:
        for name, fetched in [(name, reading.submit(rows_of, name)) for name in found]:
            with refusals.kept():
                rows = fetched.result()
                if rows is not None:
                    progress(f"{_shown(settings, found[name])}: {rows:,} rows fetched")
    refusals.raise_any()
    return Fetched(tuple(found), f"{connecting.named(settings)}{_schema(settings)}", tuple(warnings), others)


def _shown(settings: Settings, own_name: str) -> str:
    return f"{settings.database.schema}.{own_name}" if settings.database.schema else own_name


def _schema(settings: Settings) -> str:
    return f", schema {settings.database.schema}" if settings.database.schema else ""


def find_tables(look: Inspector, settings: Settings) -> tuple[dict[str, str], tuple[str, ...], Refusals]:
    """{table of the contract: its name in the database}, whatever the letter case, and the names of the others, tables and views; and which
    tables that every load needs are not there.

    Raises NightRefused where none is, or one is there twice.
    """
    schema, prefix = settings.database.schema or None, settings.database.prefix
    names = [*look.get_table_names(schema), *look.get_view_names(schema)]
    if look.dialect.name == "postgresql":
        names += look.get_materialized_view_names(schema)
    found: dict[str, str] = {}
    for own_name in sorted(names):
        name = own_name.lower().removeprefix(prefix.lower()) if own_name.lower().startswith(prefix.lower()) else ""
        if name not in tables():
            continue
        if name in found:
            raise NightRefused(f"{found[name]} and {own_name} are both the table {name} in the database; leave one of them.")
        found[name] = own_name
    others = tuple(name for name in names if name not in found.values())
    refusals = Refusals()
    for known in tables().values():
        if known.name not in found and known.required and known.name not in _system(settings).lacks_tables:
            refusals.found.append(NightRefused(_missing(look, settings, known, not found, others)))
            if not found:
                refusals.raise_any()
    return found, others, refusals


def _missing(look: Inspector, settings: Settings, known: Table, no_table: bool, others: Sequence[str]) -> str:
    """Why a table is missing, perhaps. ``no_table``: so is every other."""
    where, name = f"{connecting.named(settings)}{_schema(settings)}", f"{settings.database.prefix}{known.name}"
    near = difflib.get_close_matches(name.lower(), [other.lower() for other in others], n=1, cutoff=0.8)
    if near:
        return (
            f"There is no table {name} in the {where}, but one named {near[0]}; if that is it, ask for a view of it under the name of the "
            "table."
        )
    elsewhere = _schemas_with(look, name) if no_table else []
    if elsewhere:
        return f"There is no table {name} in the {where}, but there is in the schema {elsewhere[0]}: set database.schema to it."
    return (
        f"There is no table {name} in the {where}, or the account may not see it, and every data load needs it; check database.schema and "
        "database.prefix, or ask for the right to select from it."
    )


def _schemas_with(look: Inspector, name: str) -> list[str]:
    return [
        schema
        for schema in look.get_schema_names()
        if any(own.lower() == name.lower() for own in (*look.get_table_names(schema), *look.get_view_names(schema)))
    ]


def _system(settings: Settings) -> System:
    return named(settings.system)


def columns_of(look: Inspector, own_names: Iterable[str], settings: Settings) -> dict[str, list[str]]:
    """{table, as the database spells it: its columns, in their order}; asked in one question where a server can answer it."""
    found = look.get_multi_columns(
        schema=settings.database.schema or None, filter_names=list(own_names), kind=ObjectKind.ANY, scope=ObjectScope.ANY
    )
    return {own_name: [one["name"] for one in columns] for (_, own_name), columns in found.items()}


def known_names(known: Table) -> set[str]:
    """Every column name that a table of the contract is read by, and those by which a system is recognised."""
    names = {name for one in known.columns for name in (one.name, *one.also)}
    for system in systems().values():
        names |= {other for others in system.also.get(known.name, {}).values() for other in others}
        names |= {name for mark in system.marks for name in mark.columns.get(known.name, ())}
    return names


def statement(known: Table, names: Sequence[str], settings: Settings, own_name: str) -> Select:
    """The query of one table: the columns ``names`` as the database spells them, ordered by the key and all that can be ordered by."""
    header = match_header(known, list(names), own_name, _system(settings))
    at = {header.positions[one.name]: one for one in known.columns if one.name in header.positions}
    columns: list[ColumnClause] = [column(quoted_name(name, True)) for name in names]
    keys = [place for place, one in at.items() if one.name == known.key]
    sorted_by = [*keys, *(place for place, one in at.items() if one.name != known.key and one.kind not in NOT_SORTED_BY)]
    schema = quoted_name(settings.database.schema, True) if settings.database.schema else None
    return (
        select(*columns)
        .select_from(table(quoted_name(own_name, True), schema=schema))
        .order_by(*(columns[place] for place in sorted_by))
    )


def _fetch(
    connection: Connection, server: Server, settings: Settings, known: Table, own_name: str, every: Sequence[str], path: Path
) -> int | None:
    """One table, with ``every`` column that it has, into its file; gives its rows, or None where only its names can be written."""
    try:
        match_header(known, list(every), own_name, _system(settings))
    except NightRefused:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerow(every)
        return None
    wanted = known_names(known)
    names = [name for name in every if name.strip().lower() in wanted]
    query = statement(known, names, settings, own_name)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(names)
    if server is SERVERS["postgresql"]:
        driver = connection.connection.driver_connection
        assert driver is not None
        try:
            return copy_out(driver, sql_of(query, connection.dialect), path)
        except DriverError:
            if driver.closed:
                # Or its end would be an error of its own, and hide this one.
                connection.invalidate()
            raise
    return page_out(connection, server, query, path)


def sql_of(query: Select, dialect: Dialect) -> str:
    """A query in a server's own SQL."""
    return str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


def page_out(connection: Connection, server: Server, query: Select, path: Path) -> int:
    """Append a query's rows to a file, a page at a time, each value as its export would hold it."""
    rows = 0
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        result = connection.execution_options(stream_results=True, max_row_buffer=PAGE).execute(query)
        for page in result.partitions(PAGE):
            writer.writerows([[text_of(value, server) for value in row] for row in page])
            rows += len(page)
    return rows
