"""The adoption indicators asked of a handful of records: the product's own SQL over tables made from the contract."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import duckdb

from data.settings import Settings
from metrics.answers.england.adoption_indicators import adoption_indicators
from metrics.engine.counting import supplied_tables
from metrics.engine.gate import View, hidden_children, tables_of
from metrics.engine.scope import Scope
from metrics.spine import EVERY, build_spine
from tests.metrics.comparing import tables_missing
from tests.support.product import product_connection
from tests.support.scopes import asking

EVERYBODY = asking(roles=None)


@dataclass(frozen=True)
class EngineOver:
    """As much of an engine as the indicators ask for, over a connection that holds a night's tables and spine."""

    connection: duckdb.DuckDBPyConnection
    as_at: date
    supplied: dict[str, bool]
    settings: Settings

    @property
    def reporting_dates(self) -> tuple[date, ...]:
        return (self.as_at,)

    @contextmanager
    def view(self, scope, dates, rules=None, hidden_on=None):
        with self.connection.cursor() as cursor:
            hidden = hidden_children(cursor, scope, hidden_on)
            yield View(cursor, tables_of(cursor, ("memory.main",)), scope, dates, hidden)


def engine_over(night: dict, day: date, settings: Settings | None = None) -> EngineOver:
    council = settings or Settings(policies=("england",))
    connection = product_connection(night, tables_missing(night))
    build_spine(connection, [day], council, keep=EVERY)
    supplied = supplied_tables(connection)
    return EngineOver(connection, day, supplied, council)


def answers(night: dict, day: str | date, scope: Scope = EVERYBODY) -> dict:
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return {answer.indicator.id: answer for answer in adoption_indicators(engine_over(night, day), "england", scope)}


def behind(answer) -> dict:
    """{child: (from, to, days, remark)}."""
    return {
        row["child_id"]: tuple(
            None if value is None or value != value or str(value) in ("NaT", "<NA>") else value
            for value in (row["from_date"], row["to_date"], row["days"], row["note"])
        )
        for row in answer.behind.to_dict("records")
    }


def as_plain(found: dict) -> dict:
    return {
        child: tuple(
            value.date() if hasattr(value, "date") else int(value) if isinstance(value, float) else value for value in row
        )
        for child, row in found.items()
    }
