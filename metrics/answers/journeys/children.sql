-- The children of the scope who have begun a step ($step; empty: every step of the route), the longest first. Of those who entered
-- care before the first year counted ($first_year) only who waits is among the longest: of the others the first record left need not
-- be the first there was.
select
    listed.step,
    listed.entered_year,
    listed.state,
    listed.days,
    listed.child_id,
    person.pers_legacy_id as legacy_id,
    person.name,
    listed.service,
    listed.team,
    listed.worker,
    listed.entered_care as entered_date,
    listed.from_date,
    listed.to_date,
    listed.stopped_date,
    listed.stopped
from journey_step as listed
left join ssd_person as person on person.rowid = listed.child_number
where listed.route = $route
    and ($step is null or listed.step = $step)
    and ($year is null or listed.entered_year = $year)
    and (not $longest or listed.state = 'waiting' or (listed.state = 'reached' and listed.entered_year >= $first_year))
order by listed.step, listed.days desc, listed.from_date, length(listed.child_id), listed.child_id, listed.child_number
limit $at_most
