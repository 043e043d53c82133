-- title: Long-term fostering: profile not sent
-- asks: For which children waiting for long-term carers has no profile been sent to the fostering teams for this long?
-- why: Supervising social workers can only speak with their carers about a child of whom they have been told. The clock is the last profile
--      sent since the child has been waiting, or else the day on which the wait began.
-- kind: measure
-- parameters: option, ratified_by_review_age
-- needs: ssd_cla_care_plan, ssd_cla_placement, local_carer_matches, local_documents
-- evidence: episode, plans, long_term_match, family_finding, documents_recorded
-- source: Placement Strategy 2.2, Permanency Tracking for Children with a Long-Term Fostering Plan, fourth paragraph
-- out of: children with {option} in their plan who wait for a match with carers
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    waiting.as_at,
    waiting.child_number,
    coalesce(max(document.sent_date), waiting.since) as clock_start,
    case when max(document.sent_date) is null then 'no profile sent' else 'since the last profile' end as detail
from awaiting_long_term_match($option, $ratified_by_review_age) as waiting
left join document
    on document.child_number = waiting.child_number
    and document.document_type = 'PROFILE'
    and document.sent_to = 'FOSTERING_TEAMS'
    and document.sent_date between waiting.since and waiting.as_at
group by waiting.as_at, waiting.child_number, waiting.since
