-- Since when each option on D has been the plan: the earlier of what is recorded and what was observed. D itself shows the options
-- of the plan on D; it is a first night only if it was a night.
-- term: option_clock: Since when each option of the plan has been in the plan without a break, a row for each option on
--      the reporting date.
-- cases: option clock; Since when an option has been the plan
-- term: option_clock.option: The permanence option, such as long_term_fostering.
-- term: option_clock.since: Since when the option has been the plan: the recorded or the observed day, whichever is
--      earlier.
-- cases: option clock; Since when an option has been the plan
-- term: option_clock.recorded_since: The start of the option's unbroken run as the plans themselves record it, never
--      before entry to care.
-- cases: Since when an option has been the plan
-- term: option_clock.observed_since: The first of an unbroken run of data loads that showed the option; empty where
--      no earlier data load did.
-- cases: option clock
create or replace temp table option_clock as
select
    recorded.as_at,
    recorded.child_number,
    recorded.option,
    least(recorded.since, coalesce(observed.since, observed_night.as_at)) as since,
    case when has_plan_starts() then recorded.since end as recorded_since,
    coalesce(observed.since, observed_night.as_at) as observed_since
from recorded_clock as recorded
left join observed_on_day as observed using (as_at, child_number, option)
left join observed_night using (as_at);
