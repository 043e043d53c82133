"""The spine: one row per child in care per reporting date, with every term of the definitions.

The files run in the order of their names. They read the typed tables of a night and a table ``reporting_dates``, and leave two
temporary tables: ``spine_on_days`` and ``option_clock_on_days``. A night stores both for its standing dates; any other
day is computed by the very same files for a set of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import duckdb

from data.contract import code_sets
from data.settings import Settings

HERE = Path(__file__).parent


def _fill(connection: duckdb.DuckDBPyConnection, create: str, table: str, rows: list[tuple]) -> None:
    """A small table of our own making. Rows are bound, a few hundred at the most."""
    connection.execute(f"create or replace temp table {table} ({create})")
    if rows:
        marks = ", ".join("?" for _ in rows[0])
        connection.executemany(f"insert into {table} values ({marks})", rows)


def _codes() -> list[tuple]:
    """The lists of codes that the spine's definitions speak of."""
    spoken = ("legal_status", "placement_type", "episode_start_reason", "plan_option", "meeting_type")
    return [
        (name, code.code, code.label, list(code.groups), place)
        for name in spoken
        for place, code in enumerate(code_sets()[name].codes.values())
    ]


def _roles(settings: Settings) -> list[tuple]:
    contains = [("contains", text.upper()) for text in settings.allocated_worker_contains]
    return contains + [("equals", text.upper()) for text in settings.allocated_worker_equals]


def build_spine(
    connection: duckdb.DuckDBPyConnection,
    reporting_dates: Iterable[date],
    settings: Settings,
    progress: Callable[[str], None] = lambda text: None,
) -> None:
    """Compute the spine for a set of dates, in one pass, as temporary tables of this connection.

    ``connection`` holds a night's typed tables. ``settings`` gives the roles that make a worker the allocated one.
    After it, ``spine`` and ``option_clock`` name the computed tables for this connection (and hide any stored ones).
    """
    connection.execute((HERE.parent / "vocabulary.sql").read_text(encoding="utf-8"))
    _fill(connection, "as_at date", "reporting_dates", [(day,) for day in sorted(set(reporting_dates))])
    _fill(
        connection,
        "code_set varchar, code varchar, label varchar, groups varchar[], place_in_list integer",
        "codes",
        _codes(),
    )
    _fill(connection, "matches varchar, text varchar", "allocated_worker_role", _roles(settings))
    for path in sorted(HERE.glob("*.sql")):
        progress(f"spine: {path.stem[3:].replace('_', ' ')}")
        connection.execute(path.read_text(encoding="utf-8"))
    connection.execute("create or replace temp view spine as from spine_on_days")
    connection.execute("create or replace temp view option_clock as from option_clock_on_days")
