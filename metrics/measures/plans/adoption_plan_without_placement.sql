-- title: Adoption is the plan and there is no adoptive placement
-- asks: Which children with a plan of adoption are neither matched nor in an adoptive or early permanence placement?
-- why: These children are waiting for a family to be found. A placement that is not known is not counted as adoptive, and the
--      detail says so.
-- kind: measure
-- clock: option
-- parameters: option
-- needs: ssd_cla_care_plan
-- needs any: ssd_permanence, local_carer_matches
-- evidence: episode, plans, placement, adoption_match
-- source: Placement Strategy 2.2, Countywide Tracking, fourth bullet
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
    'no placement' || case when spine.placement_known then '' else '; placement not known' end as detail
from option_clock
join spine using (as_at, child_number)
where option_clock.option = $option
    and spine.adoption_match_date is null
    and not spine.placement_adoptive
    and not spine.placement_early_permanence
