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
        and months_after(episode.clae_cla_episode_ceased_date, 6) > (select min(as_at) from reporting_dates)
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

-- Those who have left care stay known for six months, unless they are in care again.
create or replace temp table left_care_on_day as
with last_left as (
    select
        reporting_dates.as_at,
        left_care.child_number,
        max(left_care.left_date) as left_date
    from left_care
    join reporting_dates
        on left_care.left_date <= reporting_dates.as_at
        and months_after(left_care.left_date, 6) > reporting_dates.as_at
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

-- Everybody a rule may list on a reporting date: the children in care, and those who are not: in pre-proceedings or proceedings,
-- or having left care. These have the team of their own allocated worker; who has none after leaving care, that of the last one.
create or replace temp table not_in_care_on_day as
with pursued_for_a_reason as (
    select
        child.child_number,
        reporting_dates.as_at,
        false as left_care
    from ssd_pre_proceedings as pre_proceedings
    join child on child.child_id = pre_proceedings.prep_person_id
    join reporting_dates
        on in_force(
            pre_proceedings.prep_pre_pro_decision_date,
            pre_proceedings.prep_agree_stepdown_issue_date,
            reporting_dates.as_at
        )
    union all
    select
        child.child_number,
        reporting_dates.as_at,
        false as left_care
    from local_care_proceedings as proceedings
    join child on child.child_id = proceedings.person_id
    join reporting_dates on in_force(proceedings.issued_date, proceedings.concluded_date, reporting_dates.as_at)
    union all
    select
        child_number,
        as_at,
        true as left_care
    from left_care_on_day
),

pursued as (
    select
        child_number,
        as_at,
        bool_or(left_care) as left_care
    from pursued_for_a_reason
    group by all
),

allocated_on_day as (
    select
        pursued.as_at,
        pursued.child_number,
        coalesce(
            max(allocated.turn) filter (where in_force(allocated.start_date, allocated.end_date, pursued.as_at)),
            max(allocated.turn) filter (where pursued.left_care)
        ) as turn
    from pursued
    join allocated
        on allocated.child_number = pursued.child_number
        and allocated.start_date <= pursued.as_at
    group by all
)

select
    pursued.as_at,
    pursued.child_number,
    child.child_id,
    coalesce(allocated.service, 'No service recorded') as service,
    coalesce(allocated.team, 'No team recorded') as team,
    coalesce(allocated.worker, 'No worker recorded') as worker
from pursued
join child using (child_number)
left join allocated_on_day using (as_at, child_number)
left join allocated
    on allocated.child_number = pursued.child_number
    and allocated.turn = allocated_on_day.turn
anti join child_in_care
    on child_in_care.as_at = pursued.as_at
    and child_in_care.child_number = pursued.child_number
where (child.dob is null or age_in_years(child.dob, pursued.as_at) < 18)
    and (child.death_date is null or child.death_date > pursued.as_at);

create or replace temp view known_on_day as
select as_at, child_number, child_id, service, team, worker, true as in_care
from spine
union all
select as_at, child_number, child_id, service, team, worker, false as in_care
from not_in_care_on_day;
