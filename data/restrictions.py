"""Whose records are restricted: one table, made of rows that can be used and of rows that cannot, so that no fault of an extract
names a child.

    restricted_records   restriction_id, person_id, end_date (empty: until further notice), allowed_roles (empty: nobody's),
                         source_row, readable (false: the row is quarantined), certain (person_id is as the file writes it, and a
                         person of the night), held_on (the night whose file held the row)

A quarantined row hides its child from everybody. An identifier of nobody hides whoever has it but for letter case, spaces, marks and
leading zeros, in either of the case system's numbers. Whoever has the same name and date of birth under another number is hidden
alike. A restriction ends by its end date and by nothing else: what the last night held and tonight's file does not is carried on.
"""

from __future__ import annotations

from datetime import date

import duckdb

from data.errors import NightRefused
from data.night import Night, attached

RESTRICTIONS = "local_restrictions"
TABLE = "restricted_records"

# An identifier as a hurried typist would know it again; '' for one that holds no letter and no number but 0.
PLAIN = r"ltrim(regexp_replace(regexp_replace(lower({}), '\.0+$', ''), '[^\p{{L}}\p{{N}}]', '', 'g'), '0')"

# What a night's file says, row by row: `night` is '' or the name of an attached database with a full stop.
HELD = """
    select restriction_id, person_id, end_date, allowed_roles, source_row, true as readable
    from {night}local_restrictions
    union all
    select record_id, person_id, null, null, source_row, false
    from {night}rejects
    where table_name = 'local_restrictions' and person_id is not null
"""

# For the nights that were published before nights kept the table.
OLDER_NIGHT = f"create temp view {TABLE} as {HELD.format(night='')}"

NAMELESS = f"""
    select source_row, reason
    from rejects
    anti join ssd_person on ssd_person.pers_person_id = rejects.person_id
    where table_name = '{RESTRICTIONS}' and {PLAIN.format("coalesce(rejects.person_id, '')")} = ''
    order by source_row
    limit 1
"""

KEEP = f"""
    create table {TABLE} as
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

    meant as (
        select distinct written.* replace (numbers.pers_person_id as person_id)
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

# They name no child and no record, so that everybody who mends extracts may read them.
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
# of its child; one that only resembled a child, also when the file has the record, which may be mended.
GONE = f"""
    create or replace temp table gone_restrictions as
    select before.*
    from {{before}} as before
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

BEFORE = "earlier.restricted_records"
BEFORE_OLDER = f"(select *, true as certain, $held_on::date as held_on from ({HELD.format(night='earlier.')}))"

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
            || ' is not in tonight''s; its child stays hidden as that row said',
        'Put the row back, with its end date once it has ended; if it was lifted, run nightly with --lift-restrictions.'
    from ({IN_FORCE})
"""


def keep_restrictions(con: duckdb.DuckDBPyConnection, as_at: date, file_name: str) -> tuple[str, ...]:
    """Make ``restricted_records`` from the night's own file, flag what is wrong with it, and give the load report's warnings.

    ``con`` holds the night's typed tables, ``rejects`` and ``flags``. Raises NightRefused for a row from which no child can be told.
    """
    nameless = con.execute(NAMELESS).fetchone()
    if nameless:
        row, reason = nameless
        raise NightRefused(
            f"{file_name} restricts a record on row {row}, but whose cannot be told, so that child would be named: {reason} "
            "If the row restricts nobody, take it out of the file."
        )
    con.execute(KEEP, {"as_at": as_at})
    con.execute(FLAG_FAULTS)
    rows = con.execute(
        "select rule, list(source_row order by source_row) from flags "
        "where rule in ('restriction_not_read', 'restriction_of_nobody') group by rule order by rule"
    ).fetchall()
    said = {
        "restriction_not_read": "cannot be used, and the child is hidden from everybody until it is mended",
        "restriction_of_nobody": "names nobody of ssd_person, and hides nobody",
    }
    return tuple(f"{file_name}: row {number} {said[rule]}." for rule, numbers in rows for number in numbers)


def carry_restrictions(con: duckdb.DuckDBPyConnection, last: Night, as_at: date, lift: bool) -> tuple[str, ...]:
    """Carry on the restrictions that the ``last`` night held and tonight's file does not; with ``lift``, let them go.

    Flags those in force, and gives the load report's warning of them (none: empty).
    """
    with attached(con, last):
        kept = con.execute(
            "select count(*) > 0 from duckdb_tables() where database_name = 'earlier' and table_name = $name", {"name": TABLE}
        ).fetchone()[0]
        if kept:
            con.execute(GONE.format(before=BEFORE))
        else:
            con.execute(GONE.format(before=BEFORE_OLDER), {"held_on": last.as_at})
    gone = con.execute(IN_FORCE, {"as_at": as_at}).fetchall()
    if not lift:
        con.execute(f"insert into {TABLE} from gone_restrictions")
        con.execute(FLAG_GONE, {"as_at": as_at})
    con.execute("drop table gone_restrictions")
    if not gone:
        return ()
    held = "restriction that an earlier night held is" if len(gone) == 1 else "restrictions that earlier nights held are"
    then = (
        "lifted for good with --lift-restrictions"
        if lift
        else "still in force: put each back with its end date, or, if all are lifted, run nightly once with --lift-restrictions"
    )
    row, held_on = gone[0]
    return (
        f"{len(gone):,} {held} not in tonight's {RESTRICTIONS} (the first is row {row} of the file of {held_on:%d/%m/%Y}), and {then}.",
    )


def is_kept(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether a night has ``restricted_records`` (else ``OLDER_NIGHT`` stands in for it)."""
    return con.execute("select count(*) > 0 from duckdb_tables() where table_name = $name", {"name": TABLE}).fetchone()[0]
