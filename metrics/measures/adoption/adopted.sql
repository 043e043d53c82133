-- title: Adopted
-- asks: Which children left care by adoption in the last six months?
-- why: The end of the journey that the adoption tracker follows. Children who have left care stay known to the tracker for
--      six months.
-- kind: measure
-- parameters: reasons
-- needs: ssd_cla_episodes
-- evidence: agency_decision, placement_order, adoption_match
-- source: Placement Strategy 2.2, Senior Leadership Team Permanency Performance Tracking
select
    as_at,
    child_number,
    left_date as clock_start,
    'adopted' as detail
from left_care_on_day
where list_contains($reasons::varchar[], reason)
