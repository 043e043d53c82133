-- Late recording, child by child (drift_late.sql), with names.
select
    late.rule,
    late.difference,
    late.child_id,
    person.pers_legacy_id as legacy_id,
    person.name,
    age_in_years(person.pers_dob, $first_day) as age,
    late.service,
    late.team,
    late.worker,
    late.since,
    late.limit_date,
    late.days_over,
    late.other_team
from late_child as late
left join ssd_person as person on person.pers_person_id = late.child_id
order by
    list_position($rules::varchar[], late.rule),
    late.difference,
    late.days_over desc,
    late.since,
    length(late.child_id),
    late.child_id,
    late.service,
    late.team,
    late.limit_date
