"""Nights written down in a line, and the history that the product keeps of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from random import Random

import duckdb

from data.settings import Settings
from metrics.spine import build_spine, observed
from tests.metrics.comparing import tables_missing
from tests.reference import spine
from tests.reference.plans import OPTIONS
from tests.support.builder import Records
from tests.support.product import product_connection

# For every night, what it showed of each child: the options, or None (or no entry) for a child who is not in care.
Shown = Mapping[date, Mapping[str, tuple[str, ...] | None]]


def what_a_night_showed(random: Random, records: Records, night: date) -> dict[str, tuple[str, ...] | None]:
    """What a night may have shown of every child: most often the plan as it is known now, or one that was typed again later."""
    known, later = (spine(records, night + timedelta(days=days), Settings()) for days in (0, 40))
    shown: dict[str, tuple[str, ...] | None] = {}
    for person in records["ssd_person"]:
        name = person["pers_person_id"]
        seen = [states[name].options for states in (known, known, later, later, later) if name in states]
        several = tuple(option for option in OPTIONS[:4] if random.random() < 0.5)
        shown[name] = random.choice([*seen, *seen, None, (), several])
    return shown


def keep_history(connection: duckdb.DuckDBPyConnection, shown: Shown) -> None:
    """Have the product itself observe the nights, one after another, on this connection."""
    for night in sorted(shown):
        connection.execute("create or replace table spine (as_at date, child_id varchar, options varchar[])")
        seen = {child: list(options) for child, options in shown[night].items() if options is not None}
        connection.execute(
            "insert into spine select $night::date, unnest($children::varchar[]), unnest($options::varchar[][])",
            {"night": night, "children": list(seen), "options": list(seen.values())},
        )
        observed.carry_forward(connection, night)
        observed.observe(connection, night)
    connection.execute("drop table if exists spine")


def observed_connection(
    records: Records, shown: Shown, days: Iterable[date], settings: Settings | None = None
) -> duckdb.DuckDBPyConnection:
    """A connection with the spine of the days over the records, after the nights."""
    connection = product_connection(records, tables_missing(records))
    keep_history(connection, shown)
    build_spine(connection, days, settings or Settings())
    return connection


def option_clocks(connection: duckdb.DuckDBPyConnection) -> dict[tuple[date, str, str], tuple[date, date, date | None]]:
    """{(day, child, option): (since, recorded since, observed since)}."""
    rows = connection.execute(
        "select as_at, child_id, option, since, recorded_since, observed_since from option_clock join child using (child_number)"
    )
    actual = rows.fetchall()
    clocks = {tuple(row[:3]): tuple(row[3:]) for row in actual}
    assert len(clocks) == len(actual), "an option has two clocks on one day"
    return clocks


def told_back(connection: duckdb.DuckDBPyConnection) -> dict[date, dict[str, tuple[str, ...]]]:
    """The history read night by night: what each showed of every child in care."""
    rows = connection.execute(
        "select night.as_at, plan.child_id, plan.options from observed_night as night "
        "join observed_plan as plan on plan.as_at <= night.as_at "
        "qualify row_number() over (partition by night.as_at, plan.child_id order by plan.as_at desc) = 1"
    ).fetchall()
    nights = {night: {} for (night,) in connection.execute("select as_at from observed_night").fetchall()}
    for night, child, options in rows:
        if options is not None:
            nights[night][child] = tuple(options)
    return nights
