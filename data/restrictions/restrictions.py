"""Whose records are restricted: one table, made of rows that can be used and of rows that cannot, so that no fault of an extract
names a child.

    restricted_records   restriction_id, person_id, end_date (empty: until further notice), allowed_roles (empty: nobody's),
                         source_row, readable (false: the row is quarantined), certain (person_id is as the file writes it, and a
                         person of the night), held_on (the night whose file held the row)

A quarantined row hides its child from everybody. An identifier of nobody hides anyone who has it but for letter case, spaces, marks and
leading zeros, in either of the case system's numbers. Anyone who has the same name and date of birth under another number is hidden
alike. A restriction ends by its end date and by nothing else: what was in force and tonight's file does not hold is carried on.

What the newest night holds stands in the store apart from it (``data/restrictions/restrictions_file.py``), and hides
on every night that is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import duckdb

from data.errors import NightRefused
from data.night.night import Night, attached, open_night
from data.parsed_sql import execute
from data.restrictions.restrictions_file import COLUMNS, NOT_SUPPLIED_SINCE, InForce, in_force
from data.sql_results import one_value

RESTRICTIONS = "local_restrictions"
TABLE = "restricted_records"

# An identifier as a hurried typist would know it again; '' for one that holds no letter and no number but 0.
PLAIN = r"ltrim(regexp_replace(regexp_replace(lower({}), '\.0+$', ''), '[^\p{{L}}\p{{N}}]', '', 'g'), '0')"

# What a spreadsheet writes for a formula that has no value.
NO_VALUE = r"^#(N/A|REF!|VALUE!|NAME\?|NULL!|NUM!|DIV/0!)$"

# What a night's file says, row by row: `night` is '' or the name of an attached database with a full stop.
HELD = """
    select restriction_id, person_id, end_date, allowed_roles, source_row, true as readable
    from {night}local_restrictions
    union all
    select record_id, person_id, null, null, source_row, false
    from {night}rejects
    where table_name = 'local_restrictions' and person_id is not null
"""

# On every cursor of a night whose own table is not all that hides: what it holds itself, what is in force beside it, and, where
# names are withheld, everybody whom the night can name.
HIDE = f"""
    create temp table {TABLE} as
    select person_id, end_date, allowed_roles
    from {{own}}
    union all
    select unnest($person_id::varchar[]), unnest($end_date::date[]), unnest($allowed_roles::varchar[])
    union all
    select person_id, null, null
    from (
        select pers_person_id as person_id from ssd_person
        union
        select person_id from rejects
        union
        select person_id from flags
    )
    where $withheld::boolean and person_id is not null
"""

ROWS = f"select {', '.join(COLUMNS)} from {TABLE} order by all"

NAMELESS = f"""
    select source_row, reason
    from rejects
    anti join ssd_person on ssd_person.pers_person_id = rejects.person_id
    where
        table_name = '{RESTRICTIONS}'
        and ({PLAIN.format("coalesce(rejects.person_id, '')")} = '' or regexp_matches(rejects.person_id, '{NO_VALUE}'))
    order by source_row
    limit 1
"""

ANY_ROW = f"select exists (from {RESTRICTIONS}) or exists (from rejects where table_name = '{RESTRICTIONS}')"

CREATE = f"create table {TABLE} ({', '.join(f'{name} {kind}' for name, kind in COLUMNS.items())})"

KEEP = f"""
    insert into {TABLE} by name
    with held as ({HELD.format(night="")}),

    written as (
        select held.*, ssd_person.pers_person_id is not null as certain
        from held
        left join ssd_person on ssd_person.pers_person_id = held.person_id
    ),

    numbers as (
        select pers_person_id, unnest([pers_person_id, pers_legacy_id]) as number
        from ssd_person
    ),

    -- One child's first number may be another's legacy number: then the row may mean either, and hides both.
    meant as (
        select written.* replace (numbers.pers_person_id as person_id, false as certain)
        from written
        join numbers
            on lower(trim(numbers.number)) = lower(trim(written.person_id))
            and numbers.pers_person_id <> written.person_id
        where written.certain
        union
        select written.* replace (numbers.pers_person_id as person_id, false as certain)
        from written
        join numbers on {PLAIN.format("numbers.number")} = {PLAIN.format("written.person_id")}
        where not written.certain
    ),

    named as (
        select * from written
        union all
        select * from meant
    ),

    look_alike as (
        select distinct named.* replace (twin.pers_person_id as person_id, false as certain)
        from named
        join ssd_person as person on person.pers_person_id = named.person_id
        join ssd_person as twin
            on twin.pers_dob = person.pers_dob
            and lower(trim(twin.pers_forename)) = lower(trim(person.pers_forename))
            and lower(trim(twin.pers_surname)) = lower(trim(person.pers_surname))
            and twin.pers_person_id <> person.pers_person_id
        where trim(person.pers_forename) <> '' and trim(person.pers_surname) <> ''
    )

    select *, $as_at::date as held_on from named
    union all
    select *, $as_at::date from look_alike
"""

# They name no child and no record, so that everybody who corrects extracts may read them.
FLAG_FAULTS = f"""
    insert into flags
    with hiding as (
        select distinct {TABLE}.source_row
        from {TABLE}
        join ssd_person on ssd_person.pers_person_id = {TABLE}.person_id
    )
    select
        case when hiding.source_row is null then 'restriction_of_nobody' else 'restriction_not_read' end,
        '{RESTRICTIONS}',
        rejects.source_row,
        null,
        null,
        case
            when hiding.source_row is null then 'The row names nobody of ssd_person, so it hides nobody'
            else 'The row cannot be used (' || column_name || '), so its child is hidden from everybody, whatever roles it allows'
        end,
        'Correct ' || column_name || ' on this row of the file.'
    from rejects
    left join hiding on hiding.source_row = rejects.source_row
    where table_name = '{RESTRICTIONS}'
"""

# A row that could be used is still there when tonight's file has it, of the same child. One that could not, when the file has a row
# of its child; one that only resembled a child, also when the file has the record, which may be corrected.
GONE = f"""
    create or replace temp table gone_restrictions as
    with before as (
        select {", ".join(COLUMNS)}
        from earlier_restrictions
        qualify row_number() over (
            partition by restriction_id, person_id, end_date, allowed_roles, readable, certain order by held_on desc, source_row
        ) = 1
    )

    select before.*
    from before
    where not exists (
        select 1
        from {TABLE} as tonight
        where case
            when before.certain and before.readable
                then tonight.person_id = before.person_id and tonight.restriction_id = before.restriction_id
            when before.certain then tonight.person_id = before.person_id
            else tonight.person_id = before.person_id or tonight.restriction_id = before.restriction_id
        end
    )
"""

# The same rows from a night that was published before nights kept the table.
HELD_OLDER = f"select {', '.join(COLUMNS)} from (select *, true as certain, $held_on::date as held_on from ({HELD}))"

IN_FORCE = """
    select distinct source_row, held_on
    from gone_restrictions
    where end_date is null or end_date > $as_at
    order by held_on, source_row
"""

FLAG_GONE = f"""
    insert into flags
    select
        'restriction_not_in_the_file',
        '{RESTRICTIONS}',
        null,
        null,
        null,
        'Row ' || source_row || ' of the file of ' || strftime(held_on, '%d/%m/%Y')
            || ' is not in this data load''s file; the child stays hidden as that row said',
        'Put the row back, with its end date once it has ended; if it was lifted, run nightly with --lift-restrictions.'
    from ({IN_FORCE})
"""


def keep_restrictions(con: duckdb.DuckDBPyConnection, as_at: date, file_name: str) -> tuple[str, ...]:
    """Make ``restricted_records`` from the night's own file, flag what is wrong with it, and give the load report's warnings.

    ``con`` holds the night's typed tables, ``rejects`` and ``flags``. Raises NightRefused for a row from which no child can be told.
    """
    execute(con, CREATE)
    if not one_value(execute(con, ANY_ROW)):
        return ()
    nameless = execute(con, NAMELESS).fetchone()
    if nameless:
        row, reason = nameless
        raise NightRefused(
            f"{file_name} restricts a record on row {row}, but it is not clear whose, so that child would be named: {reason} "
            "If the row restricts nobody, take it out of the file."
        )
    execute(con, KEEP, {"as_at": as_at})
    execute(con, FLAG_FAULTS)
    rows = con.execute(
        "select rule, list(source_row order by source_row) from flags "
        "where rule in ('restriction_not_read', 'restriction_of_nobody') group by rule order by rule"
    ).fetchall()
    said = {
        "restriction_not_read": "cannot be used, and the child is hidden from everybody until it is corrected",
        "restriction_of_nobody": "names nobody of ssd_person, and hides nobody",
    }
    return tuple(f"{file_name}: row {number} {said[rule]}." for rule, numbers in rows for number in numbers)


def carry_restrictions(
    con: duckdb.DuckDBPyConnection, nights: Iterable[Night], rows: Iterable[tuple], as_at: date, lift: bool
) -> tuple[str, ...]:
    """Carry on the restrictions that some earlier ``nights`` held, or that are in force (``rows``), and tonight's file does not hold;
    with ``lift``, let them go.

    Flags those in force, and gives the load report's warning of them (none: empty).
    """
    con.execute(f"create or replace temp table earlier_restrictions as select {', '.join(COLUMNS)} from {TABLE} where false")
    for night in nights:
        with attached(con, night):
            _take(con, night)
    if values := _by_column(rows):
        unnested = ", ".join(f"unnest(${name}::{kind}[])" for name, kind in COLUMNS.items())
        con.execute(f"insert into earlier_restrictions select {unnested}", values)
    execute(con, GONE)
    con.execute("drop table earlier_restrictions")
    gone = execute(con, IN_FORCE, {"as_at": as_at}).fetchall()
    if not lift:
        con.execute(f"insert into {TABLE} from gone_restrictions")
        execute(con, FLAG_GONE, {"as_at": as_at})
    con.execute("drop table gone_restrictions")
    if not gone:
        return ()
    held = "restriction in an earlier data load is" if len(gone) == 1 else "restrictions in earlier data loads are"
    then = (
        "lifted for good with --lift-restrictions"
        if lift
        else "still in force: put each back with its end date, or, if all are lifted, run nightly once with --lift-restrictions"
    )
    row, held_on = gone[0]
    return (
        f"{len(gone):,} {held} not in this data load's {RESTRICTIONS} (the first is row {row} of the file of "
        f"{held_on:%d/%m/%Y}), and {then}.",
    )


def _take(con: duckdb.DuckDBPyConnection, night: Night) -> None:
    """Add what the attached night holds to ``earlier_restrictions``."""
    kept = one_value(
        con.execute(
            "select count(*) > 0 from duckdb_tables() where database_name = 'earlier' and table_name = $name", {"name": TABLE}
        )
    )
    if kept:
        con.execute(f"insert into earlier_restrictions by name select * from earlier.{TABLE}")
    else:
        con.execute(f"insert into earlier_restrictions {HELD_OLDER.format(night='earlier.')}", {"held_on": night.as_at})


def _by_column(rows: Iterable[tuple], columns: Iterable[str] = COLUMNS) -> dict[str, list]:
    """Rows of the file as a list for each of some columns, to be bound."""
    rows = list(rows)
    return {name: [row[place] for row in rows] for place, name in enumerate(COLUMNS) if name in columns} if rows else {}


def still_unknown(con: duckdb.DuckDBPyConnection, now: InForce, lift: bool) -> str | None:
    """Why names stay withheld with the night that is being loaded; None where they were not, or need not be from now on.

    ``con`` holds the night's ``restricted_records``, made of its own file alone: a file that holds any restriction, or an analyst who
    says with ``lift`` that there are no others, settles whose records are restricted.
    """
    settled = now.withheld is None or lift or one_value(con.execute(f"select count(*) > 0 from {TABLE}"))
    return None if settled else NOT_SUPPLIED_SINCE


@dataclass(frozen=True)
class Hiding:
    """How a night's cursors come by ``restricted_records`` where its own table is not all that hides (see HIDE), and the sentence that
    says why every name is withheld, if it is."""

    sql: str
    parameters: dict[str, object]
    withheld: str | None


def hiding(night: Night, con: duckdb.DuckDBPyConnection) -> Hiding | None:
    """What hides besides the table that the night keeps; None where that table is all (the newest night's). ``con`` is the night's."""
    now, own = in_force(night.folder.parents[1]), _own(con)
    is_newest = (now.kept.night if now.kept else now.newest.name if now.newest else None) == night.name
    if own == TABLE and now.withheld is None and is_newest:
        return None
    names = ("person_id", "end_date", "allowed_roles")
    values = _by_column(rows_in_force(now), names) or {name: [] for name in names}
    return Hiding(HIDE.format(own=own), values | {"withheld": now.withheld is not None}, now.withheld)


def rows_in_force(now: InForce) -> tuple[tuple, ...]:
    """The rows that are in force: those of the store's file, or, where no night has written it yet, those of the newest night."""
    if now.newest is None:
        return now.rows
    with open_night(now.newest) as con:
        if _is_kept(con):
            return tuple(con.execute(ROWS).fetchall())
        return tuple(con.execute(HELD_OLDER.format(night=""), {"held_on": now.newest.as_at}).fetchall())


def _own(con: duckdb.DuckDBPyConnection) -> str:
    return TABLE if _is_kept(con) else f"({HELD.format(night='')})"


def _is_kept(con: duckdb.DuckDBPyConnection) -> bool:
    return one_value(con.execute("select count(*) > 0 from duckdb_tables() where table_name = $name", {"name": TABLE}))
