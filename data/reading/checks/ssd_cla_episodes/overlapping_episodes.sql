-- An episode that starts before an earlier one of the same child has ceased. One that starts as the last one ceases does not.
with ordered as (
    select
        source_row,
        clae_cla_episode_id,
        clae_person_id,
        clae_cla_episode_start_date as start_date,
        max(coalesce(clae_cla_episode_ceased_date, date '9999-12-31')) over (
            partition by clae_person_id
            order by clae_cla_episode_start_date, clae_cla_episode_ceased_date nulls last, source_row
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from ssd_cla_episodes
)
select
    'overlapping_episodes',
    'ssd_cla_episodes',
    source_row,
    clae_cla_episode_id,
    clae_person_id,
    'Starts on ' || strftime(start_date, '%d/%m/%Y') || ', while an earlier episode of the child '
        || case
            when covered_until = date '9999-12-31' then 'has not ceased'
            else 'lasts until ' || strftime(covered_until, '%d/%m/%Y')
        end,
    'Cease the earlier episode on the day this one starts, or correct the dates.'
from ordered
where start_date < covered_until
