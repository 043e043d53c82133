-- title: Left care to permanence
-- asks: Which children left care in the last twelve months by adoption, special guardianship or a child arrangements order?
-- why: The end of the journeys that the trackers follow, each of the three counted apart. Children who have left care stay known to
--      the tracker for a year.
-- kind: measure
-- needs: ssd_cla_episodes, earlier_records
-- evidence: episodes_ended, agency_decision, placement_order, adoption_match
-- source: Placement Strategy 2.2, Senior Leadership Team Permanency Performance Tracking
-- out of: children who left care in the last 12 months
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
    case
        when list_contains(codes.groups, 'adoption') then 'adopted'
        when list_contains(codes.groups, 'special_guardianship') then 'special guardianship'
        else 'child arrangements'
    end as detail
from left_care_in_year
join codes
    on codes.code_set = 'episode_ceased_reason'
    and codes.code = left_care_in_year.reason
    and list_has_any(codes.groups, ['adoption', 'special_guardianship', 'child_arrangements'])
