-- title: No permanency planning meeting since entry to care
-- asks: Which children under this age have had neither a permanency planning meeting nor a discussion in its place since
--      entry?
-- why: The first review asks for the meeting; it forms the plan that the second review ratifies. Children of 12 and over need
--      none, though their care plan must say how permanence is met.
-- kind: measure
-- parameters: under_age, meetings
-- needs: local_meetings
-- evidence: episode, permanency_meetings
-- source: Guidance 3.1, Planning for Permanent Placements
-- out of: children in care under {under_age}
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
where age < $under_age
