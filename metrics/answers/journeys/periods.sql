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

-- A child who stays in an episode for short breaks only is in care no more: the days on which a legal status of such a child changed.
changed_status as (
    select child_number, start_date as changed_date
    from legal_status
    union
    select child_number, end_date as changed_date
    from legal_status
),

beside_change as (
    select
        changed_status.child_number,
        changed_status.changed_date,
        unnest([changed_status.changed_date - 1, changed_status.changed_date]) as on_date
    from changed_status
    semi join (
        select legal_status.child_number
        from legal_status
        join codes on codes.code_set = 'legal_status' and codes.code = legal_status.code
        where list_contains(codes.groups, 'short_breaks')
    ) as on_short_breaks using (child_number)
    where changed_status.changed_date <= $as_at
),

status_beside_change as (
    select
        beside_change.child_number,
        beside_change.changed_date,
        beside_change.on_date,
        coalesce(bool_and(list_contains(codes.groups, 'short_breaks')), false) as short_breaks_only
    from beside_change
    join episode
        on episode.child_number = beside_change.child_number
        and in_force(episode.start_date, episode.end_date, beside_change.on_date)
    left join legal_status
        on legal_status.child_number = beside_change.child_number
        and in_force(legal_status.start_date, legal_status.end_date, beside_change.on_date)
    left join codes on codes.code_set = 'legal_status' and codes.code = legal_status.code
    group by all
),

into_short_breaks as (
    select child_number, changed_date as left_date
    from status_beside_change
    group by all
    having bool_or(short_breaks_only and on_date = changed_date)
        and bool_or(not short_breaks_only and on_date < changed_date)
),

ended as (
    select child_number, left_date, reason
    from left_care
    union all
    select
        into_short_breaks.child_number,
        into_short_breaks.left_date,
        arg_max({reason: recorded.clae_cla_episode_ceased_reason}, episode.turn).reason as reason
    from into_short_breaks
    left join episode
        on episode.child_number = into_short_breaks.child_number
        and episode.end_date = into_short_breaks.left_date
    left join ssd_cla_episodes as recorded on recorded.rowid = episode.episode_row
    group by all
),

-- Entered care, by the episode of the last day in care, as for a child in care. One that began and ended on a day has no such day.
last_episode as (
    select
        ended.child_number,
        ended.left_date,
        ended.reason,
        max(episode.turn) as turn
    from ended
    join episode
        on episode.child_number = ended.child_number
        and in_force(episode.start_date, episode.end_date, ended.left_date - 1)
    group by all
),

ended_period as (
    select
        last_episode.child_number,
        last_episode.left_date,
        last_episode.reason,
        coalesce(
            any_value(episode.entered_care_date),
            arg_max(other.entered_care_date, other.turn) filter (where other.entered_care_date is not null),
            min(other.start_date),
            any_value(episode.start_date)
        ) as entered_care
    from last_episode
    join episode using (child_number, turn)
    left join episode as other
        on other.child_number = last_episode.child_number
        and other.cla_id = episode.cla_id
        and other.start_date < last_episode.left_date
    group by all
),

-- A child who is in care again in the same period of care, after a gap in the episodes, has not left it.
gone as (
    select
        ended_period.child_number,
        ended_period.entered_care,
        arg_max({left_date: ended_period.left_date, reason: ended_period.reason}, ended_period.left_date) as ending
    from ended_period
    anti join in_care
        on in_care.child_number = ended_period.child_number
        and in_care.entered_care = ended_period.entered_care
    where ended_period.left_date > ended_period.entered_care
    group by ended_period.child_number, ended_period.entered_care
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
period_of_child as (
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

journey as (
    select
        row_number() over () as journey_number,
        *,
        coalesce(list_contains($adopted::varchar[], reason), false) as adopted
    from period_of_child
),

period as (
    select child_number, entered_care
    from journey
),
