-- Since when each option on D has been the plan: the earlier of what is recorded and what was observed. D itself shows the options
-- of the plan on D; it is a first night only if it was a night.
create or replace temp table option_clock as
select
    recorded.as_at,
    recorded.child_number,
    recorded.option,
    least(recorded.since, coalesce(observed.since, observed_night.as_at)) as since,
    recorded.since as recorded_since,
    coalesce(observed.since, observed_night.as_at) as observed_since
from recorded_clock as recorded
left join observed_on_day as observed using (as_at, child_number, option)
left join observed_night using (as_at);
