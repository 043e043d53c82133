"""The product's own answers for a handful of records: the same SQL that a night runs, over tables made from the contract."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import duckdb

from data.contract.contract import Table, tables
from data.reading.reading import CREATE_RECORDS
from data.restrictions.restrictions import keep_restrictions
from data.settings import Settings
from metrics.engine.absence import Absence
from metrics.engine.counting import list_children, questions_of
from metrics.engine.policies import policies_in_use
from metrics.engine.policy import Policy
from metrics.spine import build_spine
from tests.support.few_rows import connection_for_few_rows

TYPES = {
    "identifier": "varchar",
    "text": "varchar",
    "code": "varchar",
    "plan": "varchar",
    "date": "date",
    "flag": "boolean",
    "number": "double",
}
DERIVED = {
    "ssd_legal_status": {"lega_legal_status_text": "varchar"},
    "ssd_cla_care_plan": {"lacp_ticks": "varchar[]", "lacp_options": "varchar[]", "lacp_recovered": "boolean"},
}
UNREADABLE = {
    "lacp_table_id": "varchar",
    "lacp_person_id": "varchar",
    "lacp_cla_care_plan_start_date": "date",
    "lacp_cla_care_plan_end_date": "date",
    "source_row": "integer",
}


def _columns(table: Table) -> dict[str, str]:
    columns = {column.name: TYPES[column.kind] for column in table.columns}
    return columns | {"source_row": "integer"} | DERIVED.get(table.name, {})


def _make(connection: duckdb.DuckDBPyConnection, name: str, columns: dict[str, str], rows: list[dict]) -> None:
    if not rows:
        connection.execute(f"create table {name} ({', '.join(f'{column} {kind}' for column, kind in columns.items())})")
        return
    values = {
        column: [row.get(column, place if column == "source_row" else None) for place, row in enumerate(rows, start=2)]
        for column in columns
    }
    # Bound a column at a time: a statement for every row would cost more than the rows.
    cells = ", ".join(f"unnest(${column}::{kind}[]) as {column}" for column, kind in columns.items())
    connection.execute(f"create table {name} as select {cells}", values)


def product_connection(records: dict[str, list[dict]], not_supplied: Iterable[str] = ()) -> duckdb.DuckDBPyConnection:
    """A connection that holds the records as a night's typed tables do."""
    connection = connection_for_few_rows()
    connection.execute(CREATE_RECORDS)
    for name in ("unreadable_plans", "supplied"):
        connection.execute(f"drop table {name}")
    for name, table in tables().items():
        _make(connection, name, _columns(table), records.get(name, []))
    _make(connection, "unreadable_plans", UNREADABLE, records.get("unreadable_plans", []))
    supplied = [{"table_name": name, "supplied": name not in set(not_supplied)} for name in tables()]
    _make(connection, "supplied", {"table_name": "varchar", "supplied": "boolean"}, supplied)
    keep_restrictions(connection, date.max, "")
    return connection


def policies_with(settings: Settings, rules: Iterable[str] | None = None) -> dict[str, Policy]:
    """The policies in use, with every rule; or with these alone, where a test asks about no other: each takes as long as hundreds of
    children."""
    policies = policies_in_use(settings)
    if rules is None:
        return policies
    asked = set(rules)
    return {
        name: replace(policy, rules=tuple(rule for rule in policy.rules if rule.id in asked)) for name, policy in policies.items()
    }


def count_rules(
    connection: duckdb.DuckDBPyConnection, dates: Iterable[date], settings: Settings, rules: Iterable[str] | None = None
) -> dict[tuple[str, str], Absence | None]:
    """The spine of these days, and the lists of every rule in use or of these alone, over the records of a connection. Gives why a rule
    has no list."""
    days, policies = list(dates), policies_with(settings, rules).values()
    build_spine(connection, days, settings, questions=questions_of(rule for policy in policies for rule in policy.rules))
    return list_children(connection, policies, days, settings)


def _child_on_day(row: dict, options_since: dict) -> dict:
    renamed = {
        "matched_for_adoption": row["adoption_match_date"] is not None,
        "long_term_match": row["long_term_match_date"] is not None,
        "long_term_ratified": row["long_term_match_ratified"],
        "options": tuple(row["options"]),
        "option_since": options_since,
        "legal_statuses": tuple(row["legal_statuses"].split(", ")) if row["legal_statuses"] else (),
    }
    return row | renamed


def product_spine(
    records: dict, as_at_dates: Iterable[date], settings: Settings | None = None, not_supplied: Iterable[str] = ()
) -> dict:
    """{(as_at, child_id): the child's row of the spine}."""
    connection = product_connection(records, not_supplied)
    build_spine(connection, as_at_dates, settings or Settings(), questions=())
    since: dict = {}
    for as_at, child, option, day in connection.execute("select as_at, child_number, option, since from option_clock").fetchall():
        since.setdefault((as_at, child), {})[option] = day
    cursor = connection.execute(
        "select spine.*, placement.clap_cla_placement_id as placement_id from spine "
        "left join ssd_cla_placement as placement on placement.rowid = spine.placement_row"
    )
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {
        (row["as_at"], row["child_id"]): _child_on_day(row, since.get((row["as_at"], row["child_number"]), {})) for row in rows
    }


def product_lists(
    records: dict, as_at_dates: Iterable[date], settings: Settings | None = None, not_supplied: Iterable[str] = ()
) -> dict:
    """{(rule, as_at): {child_id: (since, limit_date, days_over, detail)}} at or over the limit; None where not supplied."""
    settings = settings or Settings()
    dates = list(as_at_dates)
    connection = product_connection(records, not_supplied)
    count_rules(connection, dates, settings)
    lists: dict = {}
    for rule, missing in connection.execute("select rule, missing from rule_state").fetchall():
        lists |= {(rule, as_at): None if missing else {} for as_at in dates}
    listed = connection.execute("select rule, as_at, child_id, since, limit_date, days_over, detail from listed where on_list")
    for rule, as_at, child_id, *answer in listed.fetchall():
        lists[(rule, as_at)][child_id] = tuple(answer)
    return lists
