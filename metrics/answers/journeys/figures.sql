-- How many children of the scope took how long, or wait so long: a row for each step, year of entry, state and number of days.
select
    listed.step,
    listed.entered_year,
    listed.state,
    listed.days,
    count(*) as children
from journey_step as listed
where listed.route = $route
group by all
order by all
