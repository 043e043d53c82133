"""Tonight's tables against those of the last good night: a night is never built from an emptied or halved table.

Counted are the rows that can be used, the people they are about, and how many of those are in care. All three matter: a table that
keeps its old rows and loses those of the children in care has hardly fewer rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import duckdb

from data.contract.contract import Table, tables
from data.errors import NightRefused
from data.night.night import Night, attached
from data.parsed_sql import execute
from data.reading.load_report import LoadReport
from data.restrictions.restrictions import RESTRICTIONS
from data.settings import Settings

COUNTED = ("rows", "people", "children in care")
# The rows of a table that are about each person.
BY_PERSON = """
    select '{table}' as name, {person} as person_id, count(*) as rows
    from {database}{table}
    group by {person}
"""
# A row of ssd_cla_reviews names its child by the period of care.
BY_PERIOD = """
    select '{table}', clae_person_id, count(*)
    from {database}{table}
    left join (select distinct clae_cla_id, clae_person_id from {database}ssd_cla_episodes) as period on clae_cla_id = {period}
    group by clae_person_id
"""
OF_NOBODY = """
    select '{table}', null, count(*)
    from {database}{table}
"""
COUNT = """
with in_care as (
    select distinct clae_person_id as person_id
    from {database}ssd_cla_episodes
    where clae_cla_episode_start_date <= $as_at
        and (clae_cla_episode_ceased_date is null or clae_cla_episode_ceased_date > $as_at)
),

of_person as (
{tables}
)

select name, sum(rows)::bigint, count(of_person.person_id), count(in_care.person_id)
from of_person
left join in_care using (person_id)
group by name
"""


@dataclass(frozen=True)
class Counts:
    """A table's rows, the people whom they are about, and those of them in care; None where the table names nobody."""

    rows: int
    people: int | None = None
    in_care: int | None = None

    def values(self) -> tuple[int | None, ...]:
        """In the order of COUNTED."""
        return self.rows, self.people, self.in_care


@dataclass(frozen=True)
class Before:
    """An earlier night to compare with: its date, and its tables' counts."""

    as_at: date
    counts: dict[str, Counts]


def count_tables(con: duckdb.DuckDBPyConnection, as_at: date, database: str = "") -> dict[str, Counts]:
    """The counts of every table of the contract. ``database`` is '' or the name of an attached night with a full stop."""
    there = con.execute(
        "select table_name from duckdb_tables() where database_name = coalesce(nullif($name, ''), current_database())",
        {"name": database.rstrip(".")},
    ).fetchall()
    held = {name for (name,) in there}
    counted = [table for table in tables().values() if table.name in held]
    by_person = "union all".join(_by_person(table, database) for table in counted)
    sql = COUNT.format(database=database, tables=by_person)
    found = {name: Counts(*counts) for name, *counts in execute(con, sql, {"as_at": as_at}).fetchall()}
    return {
        table.name: found.get(table.name, Counts(0, 0, 0)) if _names_somebody(table) else Counts(found[table.name].rows)
        for table in counted
    }


def _person_and_period(table: Table) -> tuple[str | None, str | None]:
    """The column that says whose a table's rows are, or the period of care that does."""
    person = table.person or ("pers_person_id" if table.name == "ssd_person" else None)
    return person, next((column.name for column in table.columns if column.name.endswith("_cla_id")), None)


def _names_somebody(table: Table) -> bool:
    return any(_person_and_period(table))


def _by_person(table: Table, database: str) -> str:
    person, period = _person_and_period(table)
    sql = BY_PERSON if person else BY_PERIOD if period else OF_NOBODY
    return sql.format(table=table.name, database=database, person=person, period=period)


def count_before(con: duckdb.DuckDBPyConnection, night: Night) -> Before:
    """The counts of an earlier night, from its own tables."""
    with attached(con, night):
        return Before(night.as_at, count_tables(con, night.as_at, "earlier."))


def check_tables(
    tonight: dict[str, Counts], report: LoadReport, before: Iterable[Before], settings: Settings, accept: bool, lift: bool = False
) -> tuple[LoadReport, str | None]:
    """Refuse a night with a table that was emptied or lost too much; gives the report with its warnings, and what was accepted.

    ``before``: the nights to compare with, none on the first; ``accept``: --accept-change was given. ``lift``: so was
    --lift-restrictions, and then fewer restrictions are no loss.

    Raises NightRefused, which names each table with both counts.
    """
    earlier = list(before)
    lost: list[str] = []
    small: list[str] = []
    for table in tables().values():
        said = [_loss(table, tonight[table.name], night, report, settings) for night in earlier if table.name in night.counts]
        worst = max((one for one in said if one), default=None, key=lambda one: one[0])
        # What the file of restrictions no longer holds is carried on, and warned of there (see restrictions).
        kept = table.name == RESTRICTIONS and (lift or not (worst and worst[0]))
        if worst and not kept:
            (lost if worst[0] else small).append(worst[1])
    if not earlier:
        lost += [
            f"{_file(table, report)} has no row that can be used"
            for table in tables().values()
            if table.required and not tonight[table.name].rows and table.name not in report.lacks
        ]
    warned = replace(report, warnings=(*report.warnings, *(f"{text}." for text in small)))
    if not lost:
        return warned, None
    sentence = "; ".join(lost)
    if not accept:
        raise NightRefused(
            f"{sentence}. Export it again; if it is correct, run nightly once with --accept-change: a table without rows is then not "
            f"supplied.{' ' + report.proposal if report.proposal else ''}"
        )
    return warned, f"{sentence}: accepted for this data load with --accept-change."


def _loss(table: Table, tonight: Counts, night: Before, report: LoadReport, settings: Settings) -> tuple[bool, str] | None:
    """What a table lost since a night, in words, and whether it refuses the night; None for no such loss."""
    before = night.counts[table.name]
    emptied = before.rows and not tonight.rows
    fallen = [
        (what, now, then)
        for what, now, then in zip(COUNTED, tonight.values(), before.values(), strict=True)
        if then and (emptied or (then - (now or 0)) * 100 > settings.table_fall_limit_percent * then)
    ]
    if not fallen:
        return None
    counts = ", ".join(f"{now or 0:,} {what} in this data load against {then:,}" for what, now, then in fallen)
    many = any(then - (now or 0) >= settings.table_fall_least for _, now, then in fallen)
    return bool(
        many or (emptied and table.name != RESTRICTIONS)
    ), f"{_file(table, report)} has {counts} on {night.as_at:%d/%m/%Y}"


def _file(table: Table, report: LoadReport) -> str:
    file = next(file for file in report.files if file.table_name == table.name)
    return file.file_name or f"{table.name} (no file)"
