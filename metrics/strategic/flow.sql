-- Runs of care: a child's episodes that follow one another without a day between them, cut at the 18th birthday and at death.
-- One row a run that began by the last day asked about; reason 'turned 18' where the birthday ended it. The need is that of the
-- first episode: what brought the child into care.
with birthday as (
    select
        pers_person_id as child_id,
        pers_death_date as death_date,
        months_after(pers_dob, 216) + case when day(months_after(pers_dob, 216)) < day(pers_dob) then 1 else 0 end as adult_date
    from ssd_person
),

episode as (
    select
        recorded.clae_person_id as child_id,
        recorded.clae_cla_episode_id as episode_id,
        recorded.clae_cla_episode_start_date as start_date,
        least(
            coalesce(recorded.clae_cla_episode_ceased_date, date '9999-12-31'),
            coalesce(birthday.adult_date, date '9999-12-31'),
            coalesce(birthday.death_date, date '9999-12-31')
        ) as end_date,
        birthday.adult_date,
        birthday.death_date,
        recorded.clae_cla_episode_ceased_date as ceased_date,
        recorded.clae_cla_episode_ceased_reason as reason,
        recorded.clae_cla_primary_need_code as need
    from ssd_cla_episodes as recorded
    join birthday on birthday.child_id = recorded.clae_person_id
),

begun as (
    select
        *,
        coalesce(
            start_date > max(end_date) over (
                partition by child_id
                order by start_date, length(episode_id), episode_id
                rows between unbounded preceding and 1 preceding
            ),
            true
        ) as begins
    from episode
    where start_date < end_date
),

numbered as (
    select
        *,
        sum(begins::integer) over (
            partition by child_id
            order by start_date, length(episode_id), episode_id
            rows between unbounded preceding and current row
        ) as run
    from begun
),

run as (
    select
        child_id,
        min(start_date) as start_date,
        max(end_date) as end_date,
        arg_max(
            case
                when ceased_date = end_date then coalesce(reason, '')
                when adult_date = end_date then 'turned 18'
                else ''
            end,
            (end_date, start_date, length(episode_id), episode_id)
        ) as reason,
        arg_min(coalesce(need, ''), (start_date, length(episode_id), episode_id)) as need
    from numbered
    group by child_id, run
),

short_breaks_on_day as (
    select
        run.child_id,
        run.start_date,
        bool_and(first_day.lega_legal_status = any($short_breaks::varchar[])) filter (
            where in_force(first_day.lega_legal_status_start_date, first_day.lega_legal_status_end_date, run.start_date)
        ) as at_start,
        bool_and(first_day.lega_legal_status = any($short_breaks::varchar[])) filter (
            where in_force(first_day.lega_legal_status_start_date, first_day.lega_legal_status_end_date, run.end_date - 1)
        ) as at_end
    from run
    join ssd_legal_status as first_day on first_day.lega_person_id = run.child_id
    where first_day.lega_legal_status = any($legal_statuses::varchar[])
    group by all
)

select
    run.child_id,
    run.start_date,
    run.end_date,
    run.need,
    run.reason,
    coalesce(short_breaks_on_day.at_start, false) as short_breaks_at_start,
    coalesce(short_breaks_on_day.at_end, false) as short_breaks_at_end
from run
left join short_breaks_on_day using (child_id, start_date)
where run.start_date <= $until
