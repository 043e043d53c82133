-- title: An option is in the plan
-- asks: Which children have this option among those of their plan, and since when without a break?
-- why: A plan that stays the plan is drift unless something is moving. Renewing a plan, or changing its sub-code, does not
--      restart the clock; only another plan, or more than 28 days with nothing ticked, does.
-- kind: measure
-- clock: option
-- parameters: option
-- needs: ssd_cla_care_plan
-- evidence: episode, plans
-- source: Placement Strategy 2.2, Countywide Tracking
select
    spine.as_at,
    spine.child_number,
    option_clock.since as clock_start,
    option_clock.recorded_since as recorded_start,
    option_clock.observed_since as observed_start,
    shown_plan(spine.options) as detail
from option_clock
join spine using (as_at, child_number)
where option_clock.option = $option
