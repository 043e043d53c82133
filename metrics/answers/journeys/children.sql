-- The children of the scope who have begun a step ($step; empty: every step of the route), the longest first. Of those who entered
-- care before the first year counted ($first_year) only who waits is among the longest: of the others the first record left need not
-- be the first there was.
with restricted as (
{restricted}
)

select
    listed.step,
    listed.entered_year,
    listed.state,
    listed.days,
    case when hidden then $restricted_record else listed.child_id end as child_id,
    case when not hidden then person.pers_legacy_id end as legacy_id,
    case when not hidden then trim(concat_ws(' ', person.pers_forename, person.pers_surname)) end as name,
    listed.service,
    listed.team,
    case when hidden then $restricted_record else listed.worker end as worker,
    listed.entered_care as entered_date,
    listed.from_date,
    listed.to_date,
    listed.stopped_date,
    case when not hidden then listed.stopped end as stopped
from journey_step as listed
join ssd_person as person on person.rowid = listed.child_number
cross join lateral (select listed.child_id in (select person_id from restricted) as hidden)
where listed.route = $route
    and ($step is null or listed.step = $step)
    and ($year is null or listed.entered_year = $year)
    and (not $longest or listed.state = 'waiting' or (listed.state = 'reached' and listed.entered_year >= $first_year))
    and {within}
order by listed.step, listed.days desc, listed.from_date, length(listed.child_id), listed.child_id
limit $at_most
