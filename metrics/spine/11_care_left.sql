-- How care ended: an episode's end with no other in force on that day. Short breaks were no care, so they do not end it.
create or replace temp table left_care as
with ended as (
    select
        child.child_number,
        child.child_id,
        episode.clae_cla_episode_ceased_date as left_date,
        arg_max(
            {
                cla_id: episode.clae_cla_id,
                reason: episode.clae_cla_episode_ceased_reason,
                start_date: episode.clae_cla_episode_start_date,
                entered_care_date: episode.clae_entered_care_date
            },
            (episode.clae_cla_episode_start_date, length(episode.clae_cla_episode_id), episode.clae_cla_episode_id)
        ) as last_episode
    from ssd_cla_episodes as episode
    join child on child.child_id = episode.clae_person_id
    where episode.clae_cla_episode_ceased_date <= (select max(as_at) from reporting_dates)
        and months_after(episode.clae_cla_episode_ceased_date, 12) > (select min(as_at) from reporting_dates)
    group by all
),

ended_for_good as (
    select ended.*
    from ended
    anti join ssd_cla_episodes as other
        on other.clae_person_id = ended.child_id
        and in_force(other.clae_cla_episode_start_date, other.clae_cla_episode_ceased_date, ended.left_date)
),

-- Entered care, where the last episode itself does not say: as for a child in care.
period_of_care as (
    select
        ended_for_good.child_number,
        ended_for_good.left_date,
        arg_max(
            other.clae_entered_care_date,
            (other.clae_cla_episode_start_date, length(other.clae_cla_episode_id), other.clae_cla_episode_id)
        ) filter (where other.clae_entered_care_date is not null) as recorded_entry,
        min(other.clae_cla_episode_start_date) as earliest_start
    from ended_for_good
    join ssd_cla_episodes as other
        on other.clae_person_id = ended_for_good.child_id
        and other.clae_cla_id = ended_for_good.last_episode.cla_id
        and other.clae_cla_episode_start_date < ended_for_good.left_date
    group by all
),

last_statuses as (
    select
        ended_for_good.child_number,
        ended_for_good.left_date,
        bool_and(list_contains(codes.groups, 'short_breaks')) as short_breaks_only
    from ended_for_good
    join legal_status
        on legal_status.child_number = ended_for_good.child_number
        and in_force(legal_status.start_date, legal_status.end_date, ended_for_good.left_date - 1)
    join codes on codes.code_set = 'legal_status' and codes.code = legal_status.code
    group by all
)

select
    ended_for_good.child_number,
    ended_for_good.left_date,
    ended_for_good.last_episode.cla_id as cla_id,
    ended_for_good.last_episode.reason as reason,
    coalesce(
        ended_for_good.last_episode.entered_care_date,
        period_of_care.recorded_entry,
        period_of_care.earliest_start,
        ended_for_good.last_episode.start_date
    ) as entered_care
from ended_for_good
left join period_of_care using (child_number, left_date)
left join last_statuses using (child_number, left_date)
where not coalesce(last_statuses.short_breaks_only, false);

-- Those who have left care stay known for a year, unless they are in care again.
-- term: left_care_in_year: The children who left care in the twelve months before the reporting date and are not in care
--      again.
-- term: left_care_in_year.left_date: The day on which care ended.
-- term: left_care_in_year.reason: The reason for which care ended, as the extract of episodes codes it.
create or replace temp table left_care_in_year as
with last_left as (
    select
        reporting_dates.as_at,
        left_care.child_number,
        max(left_care.left_date) as left_date
    from left_care
    join reporting_dates
        on left_care.left_date <= reporting_dates.as_at
        and months_after(left_care.left_date, 12) > reporting_dates.as_at
    group by all
)

select
    last_left.as_at,
    left_care.*
from last_left
join left_care using (child_number, left_date)
anti join child_in_care
    on child_in_care.as_at = last_left.as_at
    and child_in_care.child_number = last_left.child_number;

-- What is due for a child who has left care is followed for six months.
-- term: left_care_on_day: The children who left care in the six months before the reporting date and are not in care
--      again.
-- term: left_care_on_day.left_date: The day on which care ended.
-- term: left_care_on_day.reason: The reason for which care ended, as the extract of episodes codes it.
create or replace temp view left_care_on_day as
select *
from left_care_in_year
where months_after(left_date, 6) > as_at;
