"""A day of entry to care that comes after the episode it stands in had begun: a mistake that would keep a child off every list."""

from __future__ import annotations

import duckdb

from data.sql_results import one_value

LATE = "clae_entered_care_date > clae_cla_episode_start_date"
ANY_LATE = f"select exists (from ssd_cla_episodes where {LATE})"
FLAG_LATE = f"""
insert into flags
select
    'entered_care_after_the_episode_began',
    'ssd_cla_episodes',
    source_row,
    clae_cla_episode_id,
    clae_person_id,
    'Entered care on ' || strftime(clae_entered_care_date, '%d/%m/%Y') || ', after this episode of care began on '
        || strftime(clae_cla_episode_start_date, '%d/%m/%Y')
        || ': the date is not used, and entry to care is read from the other episodes of the period of care, or their first start',
    'Correct clae_entered_care_date, or the day on which the episode began.'
from ssd_cla_episodes
where {LATE}
order by source_row
"""


def leave_out_late_entries(con: duckdb.DuckDBPyConnection) -> None:
    """Empty and flag each day of entry to care that is later than the start of its own episode.

    A child is in care from the episode's start, so entry was no later. Every clock that begins with entry would begin too late, or on a
    day still to come, and the child would be on no list until then.
    """
    if not one_value(con.execute(ANY_LATE)):
        return
    con.execute(FLAG_LATE)
    con.execute(f"update ssd_cla_episodes set clae_entered_care_date = null where {LATE}")
