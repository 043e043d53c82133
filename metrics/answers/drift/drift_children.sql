-- The children behind the movements between two dates (moved_children.sql), with their names.
select
    moved.rule,
    moved.movement,
    moved.child_id,
    person.pers_legacy_id as legacy_id,
    person.name,
    age_in_years(person.pers_dob, $second_day) as age,
    moved.service,
    moved.team,
    moved.worker,
    coalesce(moved.first_service_here, moved.first_service_elsewhere) as first_service,
    coalesce(moved.first_team_here, moved.first_team_elsewhere) as first_team,
    coalesce(moved.second_service_here, moved.second_service_elsewhere) as second_service,
    coalesce(moved.second_team_here, moved.second_team_elsewhere) as second_team,
    moved.since,
    moved.limit_date,
    moved.days_over,
    moved.left_date,
    moved.left_reason,
    moved.earlier_date,
    moved.recorded_late
from moved_child as moved
left join ssd_person as person on person.pers_person_id = moved.child_id
order by
    list_position($rules::varchar[], moved.rule),
    list_position($movements::varchar[], moved.movement),
    moved.days_over desc,
    moved.since,
    length(moved.child_id),
    moved.child_id,
    moved.service,
    moved.team,
    moved.limit_date
