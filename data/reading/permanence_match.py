"""Whose row is it? LCS writes the person's other number (pers_legacy_id) in ``perm_person_id``; other systems write the first.

Where the two kinds of number collide, adoption dates would attach to another child; so both ways are tried, and the one kept
is the one with the more rows whose dates fit the child: none before birth.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from data.contract.contract import Table
from data.sql_results import one_value


@dataclass(frozen=True)
class PersonMatch:
    """The way that was kept (a column of ssd_person), and how many of the rows matched a child whom their dates fit."""

    column: str
    rows: int
    fitting: int

    @property
    def percent(self) -> float:
        return 100.0 * self.fitting / self.rows if self.rows else 100.0


def resolve_persons(con: duckdb.DuckDBPyConnection, table: Table) -> PersonMatch:
    """Put pers_person_id in the person's column of ``stage``, by the way that fits better, and say how well it fits.

    A row that the kept way matches to nobody is added to ``faults`` as an unknown person. A number that two people share is
    no match. Equal ways: pers_person_id.
    """
    dates = [column.name for column in table.columns if column.kind == "date"]
    earliest = f"least({', '.join(dates)})"
    rows = one_value(con.execute(f"select count(*) from stage where {table.person} is not null"))
    fitting = {way: _fitting(con, table, way, earliest) for way in ("pers_person_id", "pers_legacy_id")}
    kept = max(fitting, key=fitting.__getitem__)
    if kept == "pers_legacy_id":
        _replace(con, table)
    return PersonMatch(kept, rows, fitting[kept])


def _people(way: str) -> str:
    return f"""(
        select
            {way} as number,
            min(pers_person_id) as person_id,
            min(pers_dob) as dob
        from ssd_person
        group by {way}
        having count(*) = 1
    )"""


def _fitting(con: duckdb.DuckDBPyConnection, table: Table, way: str, earliest: str) -> int:
    return one_value(
        con.execute(
            f"""
        select count(*)
        from stage
        join {_people(way)} as people on people.number = stage.{table.person}
        where people.dob is null or coalesce({earliest} >= people.dob, true)
        """
        )
    )


def _replace(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    people = _people("pers_legacy_id")
    con.execute(
        f"""
        insert into faults
        select
            row,
            source_row,
            {table.key},
            {table.person},
            'unknown_person',
            '{table.person}',
            {table.person},
            '{table.person} ' || {table.person} || ' is nobody''s pers_legacy_id, by which this file names people; export that '
                || 'person, or correct the number.'
        from numbered
        where {table.person} is not null
            and row not in (select row from faults where row is not null)
            and {table.person} not in (select number from {people} where number is not null)
        """
    )
    con.execute(
        f"""
        update stage
        set {table.person} = people.person_id
        from {people} as people
        where people.number = stage.{table.person}
        """
    )
