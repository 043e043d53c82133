-- title: Adopted
-- asks: Which children left care by adoption in the last six months?
-- why: The end of the journey that the adoption tracker follows. Children who have left care stay known to the tracker for
--      six months.
-- kind: measure
-- parameters: reasons
-- needs: ssd_cla_episodes
-- evidence: agency_decision, placement_order, adoption_match
-- source: Placement Strategy 2.2, Senior Leadership Team Permanency Performance Tracking
-- out of: children who left care in the last six months
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: none
select
    as_at,
    child_number,
    left_date as clock_start,
    'adopted' as detail
from left_care_on_day
where list_contains($reasons::varchar[], reason)
