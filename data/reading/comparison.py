"""Tonight's tables against those of the last good night: a night is never built from an emptied or halved table.

Counted are the rows that can be used, the people they are about, and how many of those are in care. All three matter: a table that
keeps its old rows and loses those of the children in care has hardly fewer rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import duckdb

from data.contract.contract import Table, tables
from data.errors import NightRefused
from data.night.night import Night, attached
from data.parsed_sql import execute
from data.reading.folder import table_of
from data.reading.load_report import LoadReport
from data.restrictions.restrictions import RESTRICTIONS
from data.settings import Settings
from data.sql_results import one_row

# For how long the file of a table about people may stay the same: something is recorded of somebody every week, and other tables may be
# exported once a month.
DAYS_UNCHANGED, DAYS_UNCHANGED_OPTIONAL = 7, 35
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

# The children in care of an earlier night, and those whose identifier is nobody's tonight.
LOST_CHILDREN = """
select
    count(distinct clae_person_id),
    count(distinct clae_person_id) filter (clae_person_id not in (select pers_person_id from ssd_person))
from earlier.ssd_cla_episodes
where clae_cla_episode_start_date <= $as_at
    and (clae_cla_episode_ceased_date is null or clae_cla_episode_ceased_date > $as_at)
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
    """An earlier night to compare with: its date, its tables' counts, how many were in care, and of those the ones whom tonight lacks."""

    as_at: date
    counts: dict[str, Counts]
    in_care: int
    no_longer_there: int


def count_tables(con: duckdb.DuckDBPyConnection, as_at: date, database: str = "") -> dict[str, Counts]:
    """The counts of every table of the contract. ``database`` is '' or the name of an attached night with a full stop."""
    counted = list(tables().values())
    if database:
        # A night of an older version may lack some.
        there = con.execute("select table_name from duckdb_tables() where database_name = $name", {"name": database.rstrip(".")})
        held = {name for (name,) in there.fetchall()}
        counted = [table for table in counted if table.name in held]
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
        in_care, no_longer_there = one_row(execute(con, LOST_CHILDREN, {"as_at": night.as_at}))
        return Before(night.as_at, count_tables(con, night.as_at, "earlier."), in_care, no_longer_there)


def check_tables(
    tonight: dict[str, Counts], report: LoadReport, before: Iterable[Before], settings: Settings, accept: bool, lift: bool = False
) -> tuple[LoadReport, str | None]:
    """Refuse a night with a table that was emptied or lost too much, or of other children. Gives the report with its warnings, and what was
    accepted.

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
    lost += [others for night in earlier if (others := _other_children(night, settings))]
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


def _other_children(night: Before, settings: Settings) -> str | None:
    """That the children are not those of an earlier night, in words: another council's files, or identifiers in another form."""
    gone = night.no_longer_there
    if gone < settings.table_fall_least or gone * 100 <= settings.table_fall_limit_percent * night.in_care:
        return None
    return (
        f"{gone:,} of the {night.in_care:,} children in care on {night.as_at:%d/%m/%Y} are not in this data load's ssd_person: the files "
        "are another council's, or identifiers are in another form, such as without leading zeros, so that what panels recorded would not "
        "find its child"
    )


def unchanged_files(hashes: Mapping[str, str], as_at: date, nights: Iterable[Night]) -> tuple[str, ...]:
    """A sentence for each file about people that is, byte for byte, that of a load long before, while others are new: an old file was left
    in the folder. ``hashes``: {file: SHA-256}, tonight's; ``nights``: those before, the newest first."""
    since: dict[str, date] = {}
    same = set(hashes)
    for night in nights:
        if not same:
            break
        same = {name for name in same if night.manifest.get("extracts", {}).get(name) == hashes[name]}
        since |= dict.fromkeys(same, night.as_at)
    old = {
        name: day for name, day in since.items() if (table := tables().get(table_of(Path(name)))) and _is_old(table, as_at - day)
    }
    if len(since) == len(hashes):
        return ()
    return tuple(
        f"{name} is the very file of the data load of {day:%d/%m/%Y}, and other files are new. If it should be too, export it again: what "
        "was recorded since is missing."
        for name, day in old.items()
    )


def _is_old(table: Table, age: timedelta) -> bool:
    return bool(table.person) and age.days >= (DAYS_UNCHANGED if table.required else DAYS_UNCHANGED_OPTIONAL)


def _file(table: Table, report: LoadReport) -> str:
    file = next(file for file in report.files if file.table_name == table.name)
    return file.file_name or f"{table.name} (no file)"
