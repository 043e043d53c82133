-- An episode that starts before an earlier one of the same child has ceased. One that starts as the last one ceases does not, unless the two
-- start on one day: then the one that ceases at once counts for no day, and its reason for starting still counts as a move.
with ordered as (
    select
        source_row,
        clae_cla_episode_id,
        clae_person_id,
        clae_cla_episode_start_date as start_date,
        max(coalesce(clae_cla_episode_ceased_date, date '9999-12-31')) over (
            in_turn rows between unbounded preceding and 1 preceding
        ) as covered_until,
        lag(clae_cla_episode_start_date) over in_turn as start_before
    from ssd_cla_episodes
    window in_turn as (
        partition by clae_person_id
        order by clae_cla_episode_start_date, clae_cla_episode_ceased_date nulls last, source_row
    )
)
select
    case when start_date < covered_until then 'overlapping_episodes' else 'same_day_episodes' end,
    'ssd_cla_episodes',
    source_row,
    clae_cla_episode_id,
    clae_person_id,
    'Starts on ' || strftime(start_date, '%d/%m/%Y') || case
        when start_date >= covered_until
            then ', as does another episode of the child, which ceased that day and so counts for no day'
        when covered_until = date '9999-12-31' then ', while an earlier episode of the child has not ceased'
        else ', while an earlier episode of the child lasts until ' || strftime(covered_until, '%d/%m/%Y')
    end,
    case
        when start_date >= covered_until
            then 'Correct the dates of one of the two, or remove the one that was entered by mistake.'
        else 'Cease the earlier episode on the day this one starts, or correct the dates.'
    end
from ordered
where start_date < covered_until or start_before = start_date
