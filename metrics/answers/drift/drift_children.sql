-- The children behind the movements between two dates. Follows drift.sql and drift_left_care.sql.
with hidden_record as ({restricted})

select
    moved.rule,
    moved.movement,
    case when hidden then $restricted_record else moved.child_id end as child_id,
    case when not hidden then person.pers_legacy_id end as legacy_id,
    case when not hidden then trim(concat_ws(' ', person.pers_forename, person.pers_surname)) end as name,
    case when not hidden then age_in_years(person.pers_dob, $second_day) end as age,
    case when second_here then second_service else first_service end as service,
    case when second_here then second_team else first_team end as team,
    case when hidden then $restricted_record when second_here then second_worker else first_worker end as worker,
    case when first_here or not hidden then first_service end as first_service,
    case when first_here or not hidden then first_team end as first_team,
    case when second_here then second_service when not hidden then coalesce(second_service, service_after) end as second_service,
    case when second_here then second_team when not hidden then coalesce(second_team, team_after) end as second_team,
    moved.since,
    moved.limit_date,
    moved.days_over,
    case when moved.movement = 'left care' and not hidden then left_care.left_date end as left_date,
    case
        when moved.movement != 'left care' or hidden then null
        when person.pers_person_id is null then 'no longer in the extracts'
        else coalesce(left_care.reason, 'not recorded')
    end as left_reason,
    case when moved.movement = 're-entered' and not hidden then moved.last_before end as earlier_date,
    moved.recorded_late and moved.movement = 'new' as recorded_late
from moved
left join ssd_person as person on person.pers_person_id = moved.child_id
left join left_care using (child_id)
cross join lateral (
    select moved.child_id in (select person_id from hidden_record)
        or (person.pers_person_id is null and $roles::varchar[] is not null) as hidden
)
order by
    list_position($rules::varchar[], moved.rule),
    list_position($movements::varchar[], moved.movement),
    moved.days_over desc,
    moved.since,
    length(moved.child_id),
    moved.child_id
