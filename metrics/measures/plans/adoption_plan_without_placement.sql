-- title: Adoption is the plan and there is no adoptive placement
-- asks: Which children with a plan of adoption are neither matched nor in an adoptive or early permanence placement?
-- why: These children wait for a family to be found. A placement that is not known is not an adoptive one, and the detail says so.
-- kind: measure
-- clock: option
-- parameters: option
-- needs: ssd_cla_care_plan
-- needs any: ssd_permanence, local_carer_matches
-- evidence: episode, plans, placement, adoption_match
-- source: Placement Strategy 2.2, Countywide Tracking, fourth bullet
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
