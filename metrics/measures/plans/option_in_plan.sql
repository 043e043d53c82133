-- title: An option is in the plan
-- asks: Which children have this option among those of their plan, and since when without a break?
-- why: A plan that stays the same is drift unless something is progressing. Renewing a plan, or changing its sub-code, does not
--      restart the clock; only another plan, or more than 28 days with nothing ticked, does.
-- kind: measure
-- clock: option
-- parameters: option
-- needs: ssd_cla_care_plan
-- evidence: episode, plans
-- source: Placement Strategy 2.2, Countywide Tracking
-- out of: children in care on the day
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
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
