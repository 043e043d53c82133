"""Flags that lie on a large part of a table, or of the children in care: no slip of a record, but a fault of the export."""

from __future__ import annotations

import duckdb

from data.parsed_sql import execute
from data.sql_results import one_value

FEWEST = 20  # flags, below which a share says nothing
# A warning of its own says these already, with how many there are.
SAID = ("value_not_read", "low_permanence_match", "left_open_in_a_return", "no_start_date", "not_on_list_10")
MANY = """
select
    table_name,
    rule,
    count(*),
    count(distinct spine_tonight.child_id),
    any_value(mend)
from flags
left join spine_tonight on spine_tonight.child_id = flags.person_id
where rule not in (select unnest($said))
group by table_name, rule
having count(*) >= $fewest
order by table_name, rule
"""


def warn_of_many_flags(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """A sentence for each kind of flag that is on more than a tenth of a table's rows, or of the children in care. It names nobody.

    ``connection`` holds the night's tables, its spine and its flags, those about children too (``add_flags``).
    """
    found = execute(connection, MANY, {"said": list(SAID), "fewest": FEWEST}).fetchall()
    if not found:
        return ()
    in_care = _count(connection, "spine_tonight")
    rows = {table: _count(connection, table) for table, *_ in found}
    return tuple(
        f"{table}: {flagged:,} of {rows[table]:,} rows, of {children:,} of {in_care:,} children in care, are flagged "
        f"'{rule.replace('_', ' ')}'. So many point to a fault of the export, by which figures may be wrong. {mend}"
        for table, rule, flagged, children, mend in found
        if flagged * 10 > rows[table] or children * 10 > in_care
    )


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return one_value(connection.execute(f"select count(*) from {table}"))
