"""What a whole table shows that no row does: a fault of the export, said with its likely cause. Nothing is changed by it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import duckdb

from data.contract.contract import Table, tables
from data.parsed_sql import execute
from data.sql_results import one_row, one_value

FEWEST = 20  # rows, or children in care, below which sameness says nothing
FEWEST_TEAMS = 3
SAME = {
    "ssd_cla_episodes.clae_cla_episode_start_reason": "reason for the new episode",
    "ssd_cla_episodes.clae_cla_episode_ceased_reason": "reason the episode ceased",
    "ssd_legal_status.lega_legal_status": "legal status",
    "ssd_cla_placement.clap_cla_placement_type": "placement type",
}
# Of each, the rows that have a value, and the first and the last of the values, which are one where all are.
VALUES = " union all ".join(
    f"select count({column}), min({column}), max({column}) from {table}" for table, column in (name.split(".") for name in SAME)
)
PLANS_IN_FORCE = """
with in_care as (
    select distinct clae_person_id as person_id
    from ssd_cla_episodes
    where clae_cla_episode_start_date <= $as_at
        and (clae_cla_episode_ceased_date is null or clae_cla_episode_ceased_date > $as_at)
)
select
    count(*),
    count(*) filter (
        person_id in (
            select lacp_person_id
            from ssd_cla_care_plan
            where lacp_cla_care_plan_start_date <= $as_at
                and (lacp_cla_care_plan_end_date is null or lacp_cla_care_plan_end_date > $as_at)
        )
    ),
    (select count(*) from ssd_cla_care_plan)
from in_care
"""


def warn_of_likely_causes(con: duckdb.DuckDBPyConnection, as_at: date, filled: Collection[str]) -> list[str]:
    """Sentences on what looks like a fault of the export in the typed tables; none where all looks usual. ``as_at``: the night's date;
    ``filled``: the tables that have rows."""
    said = _same_values(con)
    said += _of_no_record(con, filled)
    said += _one_service(con) if "ssd_department" in filled else []
    return said + (_hardly_any_plan(con, as_at) if "ssd_cla_care_plan" in filled else [])


def _same_values(con: duckdb.DuckDBPyConnection) -> list[str]:
    said = []
    for (name, means), (rows, value, last) in zip(SAME.items(), execute(con, VALUES).fetchall(), strict=True):
        table, column = name.split(".")
        if rows >= FEWEST and value == last:
            said.append(
                f"{table}: the {means} ({column}) is {value} in all {rows:,} rows that have one. The export probably writes a "
                "fixed value, or the latest one, in every row: ask for the value of each row."
            )
    return said


def columns_without_value(con: duckdb.DuckDBPyConnection, table: Table, present: Collection[str]) -> list[str]:
    """Of the columns that a file has (``present``) and every load needs, those in which no row of its typed table has a value, if there are
    many rows: the export leaves them out, or has the rows without them alone, such as those that have not ended."""
    needed = [name for name in present if (column := table.column(name)).required and not column.filled and not column.sparse]
    if not needed:
        return []
    rows, *values = one_row(con.execute(f"select count(*), {', '.join(f'count({name})' for name in needed)} from {table.name}"))
    return [name for name, some in zip(needed, values, strict=True) if rows >= FEWEST and not some]


def _of_no_record(con: duckdb.DuckDBPyConnection, filled: Collection[str]) -> list[str]:
    """The columns that name a record of another table which is mostly not there: one of the two files has it in another form."""
    said = []
    references = _references(filled)
    found = [
        f"(select {place}, count({column}), count(*) filter ({column} in (select {other.key} from {other.name})) from {table.name})"
        for place, (table, column, other) in enumerate(references)
    ]
    # One statement, for each costs more than it finds.
    for place, named, known in execute(con, " union all ".join(found)).fetchall() if found else []:
        table, column, other = references[place]
        if named - known < FEWEST or known * 3 >= named * 2:
            continue
        without_zeros = f"ltrim({column}, '0') in (select ltrim({other.key}, '0') from {other.name})"
        padded = one_value(con.execute(f"select count(*) from {table.name} where {without_zeros}"))
        cause = (
            "one of the two has lost its leading zeros"
            if padded > known
            else "the two have it in different forms, or one is cut short"
        )
        said.append(
            f"{table.name}: {named - known:,} of {named:,} values of {column} are not in {other.name} ({other.key}), so what belongs "
            f"together is not found: probably {cause}. Export both with the identifiers as the case system has them."
        )
    return said


def _references(filled: Collection[str]) -> list[tuple[Table, str, Table]]:
    """(table, column, the table whose key it holds), of tables with rows."""
    return [
        (table, column.name, tables()[column.refers_to])
        for table in tables().values()
        for column in table.columns
        if table.name in filled and column.refers_to in filled and column.refers_to
    ]


def _one_service(con: duckdb.DuckDBPyConnection) -> list[str]:
    teams, parents, parent = one_row(
        con.execute(
            "select count(*), count(distinct coalesce(dept_team_parent_name, dept_team_parent_id)), "
            "any_value(coalesce(dept_team_parent_name, dept_team_parent_id)) from ssd_department"
        )
    )
    if teams < FEWEST_TEAMS or parents > 1:
        return []
    if parents == 0:
        return [
            f"ssd_department: none of the {teams:,} teams has a parent, so each team is its own service. Ask for the service in "
            "dept_team_parent_id and dept_team_parent_name."
        ]
    return [
        f"ssd_department: all teams with a parent have the same one, {parent}, so there is one service. The export probably writes "
        "a team's type as its parent: ask for its service in dept_team_parent_id and dept_team_parent_name."
    ]


def _hardly_any_plan(con: duckdb.DuckDBPyConnection, as_at: date) -> list[str]:
    children, planned, plans = one_row(con.execute(PLANS_IN_FORCE, {"as_at": as_at}))
    if children < FEWEST or not plans or planned * 10 >= children:
        return []
    return [
        f"ssd_cla_care_plan: only {planned:,} of {children:,} children in care have a plan in force. The export probably writes into "
        "lacp_cla_care_plan_end_date the day the plan was completed: if it does, set plan_end_is_completion = true in settings.toml."
    ]
