-- title: Not yet considered by the Permanence Monitoring Group
-- asks: Which children on the Permanence Monitoring Group's list has the group never considered since they came on it?
-- why: A child on the list whom the group has not talked about has nobody watching over the plan. The clock is since when the child has
--      been on the list.
-- kind: measure
-- parameters: weeks_before_entry
-- needs: local_meetings, ssd_legal_status, ssd_cla_placement, local_carer_matches, local_events, children_not_in_care
-- uses: ssd_permanence, local_permanence_options
-- evidence: episode, monitoring_meetings, long_term_match
-- source: Slough Permanence Policy 13, Permanence Monitoring Group
-- out of: children on the Permanence Monitoring Group's list
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    as_at,
    child_number,
    since as clock_start,
    reasons as detail
from monitored_on_day($weeks_before_entry)
where considered_date is null
