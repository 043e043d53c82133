-- Every period of care that the extracts hold, as at the close of the reporting date: when it began, and when and why it ended.
-- The terms are the spine's own definitions, read over all of them: nothing that starts after the day is there, what ends after it
-- has not ended, and care ends at 18.
with reporting_dates as (
    select unnest([date '1900-01-01', $as_at::date]) as as_at
),

child as (
    select
        person.rowid as child_number,
        person.pers_person_id as child_id,
        person.pers_death_date as death_date,
        least(
            person.pers_death_date,
            months_after(person.pers_dob, 216)
            + case when day(months_after(person.pers_dob, 216)) < day(person.pers_dob) then 1 else 0 end
        ) as childhood_end
    from ssd_person as person
    where person.pers_person_id in (select clae_person_id from main.ssd_cla_episodes)
),

ssd_cla_episodes as (
    select
        recorded.rowid,
        recorded.* replace (
            case
                when least(recorded.clae_cla_episode_ceased_date, child.childhood_end) <= $as_at
                    then least(recorded.clae_cla_episode_ceased_date, child.childhood_end)
            end as clae_cla_episode_ceased_date,
            case
                when child.childhood_end is null or recorded.clae_cla_episode_ceased_date <= child.childhood_end
                    then recorded.clae_cla_episode_ceased_reason
            end as clae_cla_episode_ceased_reason
        )
    from main.ssd_cla_episodes as recorded
    join child on child.child_id = recorded.clae_person_id
    where recorded.clae_cla_episode_start_date <= $as_at
        and (child.childhood_end is null or recorded.clae_cla_episode_start_date < child.childhood_end)
),

ssd_cla_placement as (
    select rowid, *
    from main.ssd_cla_placement
    where clap_cla_placement_start_date <= $as_at
),

ssd_cla_care_plan as (
    select rowid, *
    from main.ssd_cla_care_plan
    where lacp_cla_care_plan_start_date <= $as_at
),

episode as (
{episode}
),

legal_status as (
{legal_status}
),

left_care as (
{left_care}
),

department as (
{department}
),

department_by_name as (
{department_by_name}
),

recorded_team as (
{recorded_team}
),

allocated as (
{allocated}
),

in_care as (
    select child_number, entered_care, service, team, worker
    from spine
    where as_at = $as_at
        and entered_care <= $as_at
),

-- A child who is in care again in the same period of care, after a gap in the episodes, has not left it.
gone as (
    select
        left_care.child_number,
        left_care.entered_care,
        arg_max({left_date: left_care.left_date, reason: left_care.reason}, left_care.left_date) as ending
    from left_care
    anti join in_care
        on in_care.child_number = left_care.child_number
        and in_care.entered_care = left_care.entered_care
    where left_care.left_date > left_care.entered_care
    group by left_care.child_number, left_care.entered_care
),

allocated_at_the_end as (
    select
        gone.child_number,
        gone.entered_care,
        max(allocated.turn) as turn
    from gone
    join allocated
        on allocated.child_number = gone.child_number
        and in_force(allocated.start_date, allocated.end_date, gone.ending.left_date - 1)
    group by all
),

-- ``until`` is the last day on which a stage can be reached: the reporting date, or the day of leaving. ``last_day``: in care still.
journey as (
    select
        child_number,
        entered_care,
        null::date as left_date,
        null::varchar as reason,
        $as_at::date as until,
        $as_at::date as last_day,
        service,
        team,
        worker
    from in_care
    union all
    select
        gone.child_number,
        gone.entered_care,
        gone.ending.left_date,
        gone.ending.reason,
        gone.ending.left_date as until,
        gone.ending.left_date - 1 as last_day,
        coalesce(allocated.service, 'No service recorded') as service,
        coalesce(allocated.team, 'No team recorded') as team,
        coalesce(allocated.worker, 'No worker recorded') as worker
    from gone
    left join allocated_at_the_end as last using (child_number, entered_care)
    left join allocated
        on allocated.child_number = gone.child_number
        and allocated.turn = last.turn
),

period as (
    select child_number, entered_care
    from journey
),
