-- When and why those who left care by the second date did: the first day of the days up to then on which the child was not in care.
-- In care on a day: an episode in force, not 18, not died, not on short breaks only; so it can change on the days below only.
with leaver as (
    select
        person.pers_person_id as child_id,
        person.pers_death_date as death_date,
        person.pers_dob as dob,
        months_after(person.pers_dob, 216) as eighteen_years_on
    from ssd_person as person
    where person.pers_person_id in (select child_id from moved where movement = 'left care')
),

episode as (
    select
        episode.clae_person_id as child_id,
        episode.clae_cla_episode_id as episode_id,
        episode.clae_cla_episode_start_date as start_date,
        episode.clae_cla_episode_ceased_date as end_date,
        episode.clae_cla_episode_ceased_reason as reason
    from ssd_cla_episodes as episode
    where episode.clae_person_id in (select child_id from leaver)
),

status as (
    select
        status.lega_person_id as child_id,
        status.lega_legal_status_start_date as start_date,
        status.lega_legal_status_end_date as end_date,
        list_contains(codes.groups, 'short_breaks') as short_breaks
    from ssd_legal_status as status
    join codes on codes.code_set = 'legal_status' and codes.code = status.lega_legal_status
    where status.lega_person_id in (select child_id from leaver)
),

-- Born on 29 February: 18 on 1 March.
day_of_change as (
    select child_id, unnest([start_date, end_date]) as day from episode
    union all
    select child_id, unnest([start_date, end_date]) from status
    union all
    select
        child_id,
        unnest([death_date, eighteen_years_on + case when day(eighteen_years_on) < day(dob) then 1 else 0 end])
    from leaver
),

episode_then as (
    select
        day_of_change.child_id,
        day_of_change.day,
        coalesce(bool_or(in_force(episode.start_date, episode.end_date, day_of_change.day)), false) as in_force,
        arg_max(
            {{said: episode.reason}},
            (episode.end_date, episode.start_date, length(episode.episode_id), episode.episode_id)
        ) filter (where episode.end_date <= day_of_change.day).said as reason
    from day_of_change
    left join episode using (child_id)
    where day_of_change.day <= $second_day
    group by all
),

state as (
    select
        episode_then.*,
        coalesce(age_in_years(leaver.dob, episode_then.day) >= 18, false) as adult,
        coalesce(leaver.death_date <= episode_then.day, false) as died,
        coalesce(
            (
                select bool_and(status.short_breaks)
                from status
                where status.child_id = episode_then.child_id
                    and in_force(status.start_date, status.end_date, episode_then.day)
            ),
            false
        ) as short_breaks_only
    from episode_then
    join leaver using (child_id)
),

last_in_care as (
    select
        child_id,
        max(day) filter (where in_force and not adult and not died and not short_breaks_only) as day
    from state
    group by all
)

select
    state.child_id,
    min(state.day) as left_date,
    arg_min(
        case
            when not in_force and reason is not null then reason
            when died then 'died'
            when adult then 'turned 18'
            when in_force and short_breaks_only then 'short breaks only'
        end,
        state.day
    ) as reason
from state
join last_in_care using (child_id)
where state.day > last_in_care.day
group by all
