-- title: Long-term fostering: awaiting a match
-- asks: Which children with long-term fostering in their plan are waiting for a match with carers?
-- why: The long-term tracking team keeps this list. A child of an age at which a review can ratify the placement, who lives in the
--      home that is to be ratified, waits for that and is on its list. The clock is the day the option became the plan, or that
--      family finding started, if that is earlier.
-- kind: measure
-- clock: option
-- parameters: option, ratified_by_review_age
-- needs: ssd_cla_care_plan, ssd_cla_placement, local_carer_matches
-- evidence: episode, plans, placement, long_term_match, family_finding
-- source: Placement Strategy 2.2, Permanency Tracking for Children with a Long-Term Fostering Plan; 3.2
-- out of: children with {option} in their plan
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
    recorded_since as recorded_start,
    observed_since as observed_start,
    case when finding_since is null then 'family finding not started' else 'family finding under way' end as detail
from awaiting_long_term_match($option, $ratified_by_review_age)
