"""The tables that figures are made from: the contract's own, typed, with the used rows of each file alone."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from data.contract.code_matching import Matched
from data.contract.contract import Column, Table
from data.contract.systems import named
from data.parsed_sql import execute
from data.reading import parsing
from data.settings import Settings
from data.sql_results import one_value


def create_empty(con: duckdb.DuckDBPyConnection, table: Table, again: bool = False) -> None:
    """The table of a file that was not supplied: its columns, no rows. ``again``: in place of one that is there."""
    columns = [f"{column.name} {parsing.TYPES.get(column.kind, 'varchar')}" for column in table.columns]
    create = "create or replace table" if again else "create table"
    execute(con, f"{create} {table.name} ({', '.join([*columns, 'source_row integer', *_derived_types(table)])})")


def create_from_stage(
    con: duckdb.DuckDBPyConnection, table: Table, matched: Mapping[str, Matched], settings: Settings, any_faults: bool
) -> int:
    """The table of a file: every row of ``numbered`` that is not in ``faults``, codes put in place. Gives the number of rows."""
    faults = "anti join faults on faults.row = numbered.row" if any_faults else ""
    return one_value(execute(con, f"create table {table.name} as {_used_rows(table, matched, settings)} {faults}"))


def _used_rows(table: Table, looked_up: Mapping[str, Matched], settings: Settings) -> str:
    """SQL: the rows of ``numbered`` as they stand in the table, codes put in place."""
    matched = [column for column in table.columns if column.name in looked_up and not looked_up[column.name].plain]
    joins = " ".join(f"left join match_{column.name} on match_{column.name}.text = numbered.{column.name}" for column in matched)
    values = [f"{_value(table, column, column in matched, settings)} as {column.name}" for column in table.columns]
    return f"select {', '.join([*values, 'numbered.source_row', *_derived_values(table)])} from numbered {joins}"


def _value(table: Table, column: Column, matched: bool, settings: Settings) -> str:
    if column.kind == "code" and matched:
        return f"match_{column.name}.code"
    completed = settings.plan_end_is_completion or named(settings.system).plan_end_is_completion
    if completed and table.name == "ssd_cla_care_plan" and table.period and column.name == table.period[1]:
        return "null::date"
    return f"numbered.{column.name}"


def _derived_values(table: Table) -> list[str]:
    if table.name == "ssd_legal_status":
        return ["numbered.lega_legal_status as lega_legal_status_text"]
    if table.name == "ssd_cla_care_plan":
        match = "match_lacp_cla_care_plan_json"
        return [
            f"coalesce({match}.ticks, []) as lacp_ticks",
            f"coalesce({match}.options, []) as lacp_options",
            f"coalesce({match}.recovered, false) as lacp_recovered",
        ]
    return []


def _derived_types(table: Table) -> list[str]:
    if table.name == "ssd_legal_status":
        return ["lega_legal_status_text varchar"]
    if table.name == "ssd_cla_care_plan":
        return ["lacp_ticks varchar[]", "lacp_options varchar[]", "lacp_recovered boolean"]
    return []
