"""Periods of care as the extracts cannot mean them: what would keep a child off a list, or give one child the reviews of another."""

from __future__ import annotations

import duckdb

from data.sql_results import one_row, one_value

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

SHARED = """
select clae_cla_id as cla_id
from ssd_cla_episodes
group by clae_cla_id
having min(clae_person_id) != max(clae_person_id)
"""
FLAG_SHARED = """
insert into flags
select
    'period_of_care_of_several_children',
    'ssd_cla_episodes',
    source_row,
    clae_cla_episode_id,
    clae_person_id,
    'The period of care ' || clae_cla_id || ' is another child''s too. It is read as a period of each, and a review of it is the child''s '
        || 'that it names; one that names none is nobody''s',
    'Give each child a period of care (clae_cla_id) of their own, or each review its child (clar_cla_person_id).'
from ssd_cla_episodes
join shared_period on shared_period.cla_id = clae_cla_id
order by source_row
"""
OWN_PERIOD = """
update ssd_cla_episodes
set clae_cla_id = clae_cla_id || ' of ' || clae_person_id
from shared_period
where shared_period.cla_id = clae_cla_id
"""
# A review that names a child is of a period of that child. If the period it gives is not, it is the one that was in force on its day.
MISPLACED = """
select
    review.rowid as review_row,
    review.clar_cla_id as cla_id,
    review.clar_cla_person_id as person_id,
    coalesce(review.clar_cla_review_date, review.clar_cla_review_due_date) as review_day
from ssd_cla_reviews as review
semi join ssd_person as person on person.pers_person_id = review.clar_cla_person_id
anti join ssd_cla_episodes as own
    on own.clae_person_id = review.clar_cla_person_id
    and own.clae_cla_id = review.clar_cla_id
"""
PLACE_REVIEWS = """
update ssd_cla_reviews
set clar_cla_id = placed.cla_id
from (
    select
        misplaced.review_row,
        coalesce(
            any_value(episode.clae_cla_id) filter (where episode.clae_cla_id = misplaced.cla_id || ' of ' || misplaced.person_id),
            arg_max(episode.clae_cla_id, episode.clae_cla_episode_start_date) filter (
                where episode.clae_cla_episode_start_date <= misplaced.review_day
                    and coalesce(episode.clae_cla_episode_ceased_date > misplaced.review_day, true)
            ),
            concat_ws(' of ', misplaced.cla_id, misplaced.person_id)
        ) as cla_id
    from misplaced_review as misplaced
    left join ssd_cla_episodes as episode on episode.clae_person_id = misplaced.person_id
    group by misplaced.review_row, misplaced.cla_id, misplaced.person_id
) as placed
where placed.review_row = ssd_cla_reviews.rowid
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


def give_each_child_its_own(con: duckdb.DuckDBPyConnection) -> None:
    """Read a period of care that several children share as a period of each, and give a review to the child that it names.

    By the period alone, a review of one child would be a review of every other too, and theirs would not be missed.
    """
    shared, misplaced = one_row(con.execute(f"select exists ({SHARED}), exists ({MISPLACED})"))
    if shared:
        con.execute(f"create or replace temp table shared_period as {SHARED}")
        con.execute(FLAG_SHARED)
        con.execute(OWN_PERIOD)
        con.execute("drop table shared_period")
    # A review of a shared period is misplaced once each child has one.
    if shared or misplaced:
        con.execute(f"create or replace temp table misplaced_review as {MISPLACED}")
        con.execute(PLACE_REVIEWS)
        con.execute("drop table misplaced_review")
