-- title: Weekly tracking: no permanency planning meeting
-- asks: Which children on the Weekly Tracking Tool have had neither a permanency planning meeting nor a discussion in its
--      place?
-- why: Every Monday managers look for the children of their team who came into care in the last year and a half, have been in
--      care for more than four months, and whose permanence has not been planned. Children who are not there yet are shown under
--      Coming next.
-- kind: measure
-- parameters: within_months, over_months, under_age, meetings
-- needs: local_meetings
-- evidence: episode, permanency_meetings
-- source: Placement Strategy 2.2, Service Level Tracking
-- out of: children on the Weekly Tracking Tool
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    as_at,
    child_number,
    entered_care as clock_start,
    booking as detail
from without_planning_meeting($meetings::varchar[])
where months_after(entered_care, $within_months) > as_at
    and age_at_entry < $under_age
