"""What the nights showed of each child's plan: the history from which observed clocks are told.

Every night's own database carries the whole of it, so that it is published, rolled back and pruned with the night:

    observed_night    as_at: every night of the history, tonight's among them
    observed_plan     child_id, as_at, options: a row on a night that showed something else of a child than the night before
                      (an empty list: in care with no option; null: not in care). It stands until the child's next row.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import duckdb

from data.night.night import Night, attached, known_faults
from data.sql_results import one_value
from metrics.spine import HISTORY, add_history

TABLES = tuple(HISTORY)
HAS_HISTORY = """
select count(*) = len($names)
from duckdb_tables()
where database_name = 'earlier' and list_contains($names, table_name)
"""
CARRY = (
    """
    insert into observed_night
    select as_at from earlier.observed_night where as_at < $as_at order by as_at
    """,
    """
    insert into observed_plan
    select child_id, as_at, options from earlier.observed_plan where as_at < $as_at order by as_at, child_id
    """,
)
OBSERVE = """
insert into observed_plan
with standing as (
    select child_id, options
    from observed_plan
    qualify row_number() over (partition by child_id order by as_at desc) = 1
),

shown as (
    select child_id, coalesce(options, []) as options
    from {spine}
    where as_at = $as_at
)

select
    coalesce(shown.child_id, standing.child_id) as child_id,
    $as_at,
    shown.options
from shown
full join standing using (child_id)
where shown.options is distinct from standing.options
order by 1
"""


def carry_forward(connection: duckdb.DuckDBPyConnection, as_at: date, nights: Iterable[Night] = ()) -> None:
    """Give the night being built the history of the nights before it, and its own date.

    ``nights``: the night shown before this load, and behind it, newest first, those published before that one. The first one's
    history is carried; where it has none (an older version published it), it is told afresh from every sound night's own
    spine. What was observed on ``as_at`` or after is left behind: tonight takes its place.
    """
    add_history(connection, keep=True)
    before = list(nights)
    if before:
        with attached(connection, before[0]):
            carried = one_value(connection.execute(HAS_HISTORY, {"names": list(TABLES)}))
            for sql in CARRY if carried else ():
                connection.execute(sql, {"as_at": as_at})
        if not carried:
            _tell_afresh(connection, as_at, before)
    connection.execute("insert into observed_night values ($as_at)", {"as_at": as_at})


def _tell_afresh(connection: duckdb.DuckDBPyConnection, as_at: date, nights: list[Night]) -> None:
    """The history from the nights themselves: of several of one date the last published, and only sound ones."""
    last_of_date: dict[date, Night] = {}
    for night in nights:
        if night.as_at < as_at and night.as_at not in last_of_date and not known_faults(night):
            last_of_date[night.as_at] = night
    for day in sorted(last_of_date):
        with attached(connection, last_of_date[day]):
            connection.execute(OBSERVE.format(spine="earlier.spine"), {"as_at": day})
        connection.execute("insert into observed_night values ($as_at)", {"as_at": day})


def observe(connection: duckdb.DuckDBPyConnection, as_at: date) -> None:
    """Add to the history what the plans of the night being built show. Its spine stands; ``carry_forward`` has run."""
    connection.execute(OBSERVE.format(spine="spine"), {"as_at": as_at})
