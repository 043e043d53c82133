-- What the panel's patterns need to know of the children it discussed: one row a child, with the first step to permanence
-- on or after the day of its decision, and when a child who is not in care tonight left it.
with asked as (
    select
        unnest($child_ids::varchar[]) as child_id,
        unnest($decision_dates::date[]) as decision_date
),

-- Every step that counts as permanence reached, in the words it is counted by.
step as (
    select
        episode.clae_person_id as child_id,
        episode.clae_cla_episode_ceased_date as step_date,
        case
            when list_contains(codes.groups, 'adoption') then 'adopted'
            when list_contains(codes.groups, 'special_guardianship') then 'special guardianship'
            when list_contains(codes.groups, 'child_arrangements') then 'child arrangements'
            else 'returned home'
        end as route
    from ssd_cla_episodes as episode
    join codes on codes.code_set = 'episode_ceased_reason' and codes.code = episode.clae_cla_episode_ceased_reason
    where list_contains(codes.groups, 'permanence')
    union all
    select perm_person_id, perm_matched_date, 'matched for adoption'
    from ssd_permanence
    where perm_decision_reversed_date is null or perm_decision_reversed_date < perm_matched_date
    union all
    select perm_person_id, perm_placed_for_adoption_date, 'placed for adoption'
    from ssd_permanence
    where perm_decision_reversed_date is null or perm_decision_reversed_date < perm_placed_for_adoption_date
    union all
    select person_id, match_date, 'matched for adoption'
    from local_carer_matches
    where match_type = 'ADOPTION' and (ended_date is null or ended_date > $as_at)
    union all
    select person_id, ratified_date, 'long-term match ratified'
    from local_carer_matches
    where match_type = 'LTF' and (ended_date is null or ended_date > $as_at)
),

first_step as (
    select
        asked.child_id,
        min(step.step_date) as permanence_date,
        arg_min(step.route, (step.step_date, step.route)) as route
    from asked
    join step on step.child_id = asked.child_id and step.step_date between asked.decision_date and $as_at
    group by asked.child_id
),

left_care as (
    select
        asked.child_id,
        max(episode.clae_cla_episode_ceased_date) as left_date
    from asked
    join ssd_cla_episodes as episode on episode.clae_person_id = asked.child_id
    where episode.clae_cla_episode_ceased_date <= $as_at
    group by asked.child_id
)

select
    asked.child_id,
    asked.decision_date,
    person.pers_dob as birth_date,
    spine.service,
    spine.child_id is not null as in_care,
    first_step.permanence_date,
    first_step.route,
    case when spine.child_id is null then left_care.left_date end as left_date
from asked
left join ssd_person as person on person.pers_person_id = asked.child_id
left join spine on spine.as_at = $as_at and spine.child_id = asked.child_id
left join first_step on first_step.child_id = asked.child_id
left join left_care on left_care.child_id = asked.child_id
order by asked.child_id
