"""Whether the roles of allocated workers are those that the case system writes: without them no child has a team."""

from __future__ import annotations

import duckdb

from data.settings import Settings
from data.sql_results import one_row

FEWEST = 20  # children in care, below which a share says nothing
MOST_ROLES = 8
ROLES = """
select coalesce(invo_professional_role_id, '(empty)'), count(*)
from ssd_involvements
group by 1
order by 2 desc, 1
limit $most
"""


def warn_of_few_allocated(connection: duckdb.DuckDBPyConnection, settings: Settings) -> tuple[str, ...]:
    """A sentence where fewer than half the children in care have an allocated worker, with the roles that the extract holds.

    ``connection`` holds the night's tables and spine. None where involvements are not supplied: the load report says that already.
    """
    supplied = connection.execute("select supplied from supplied where table_name = 'ssd_involvements'").fetchone()
    children, allocated = one_row(
        connection.execute(
            "select count(*), count(*) filter (worker <> 'No worker recorded' or team <> 'No team recorded') "
            "from spine where as_at = (select max(as_at) from spine)"
        )
    )
    if not (supplied and supplied[0]) or children < FEWEST or allocated * 2 >= children:
        return ()
    roles = ", ".join(f"{role} ({rows:,})" for role, rows in connection.execute(ROLES, {"most": MOST_ROLES}).fetchall())
    wanted = ", ".join(
        [f"contains {text}" for text in settings.allocated_worker_contains]
        + [f"is {text}" for text in settings.allocated_worker_equals]
    )
    return (
        f"Only {allocated:,} of {children:,} children in care have an allocated worker: one whose role {wanted.replace(', ', ' or ')}. "
        f"The most frequent roles in ssd_involvements are {roles}. If one of them is the allocated worker's, add it to "
        "allocated_worker_contains or allocated_worker_equals in settings.toml.",
    )
