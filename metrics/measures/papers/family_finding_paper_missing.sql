-- title: Long-term fostering: a paper is missing
-- asks: Which children waiting for long-term carers have no such paper in this period of care?
-- why: The search begins with the child's needs, written down by those who know them. The clock is that of the wait.
-- kind: measure
-- clock: option
-- parameters: option, ratified_by_review_age, document_type
-- needs: ssd_cla_care_plan, ssd_cla_placement, local_carer_matches, local_documents
-- evidence: episode, plans, long_term_match, family_finding, documents_recorded
-- source: Placement Strategy 2.2, Permanency Tracking for Children with a Long-Term Fostering Plan, third paragraph
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
    waiting.since as clock_start,
    waiting.recorded_since as recorded_start,
    waiting.observed_since as observed_start,
    case when waiting.finding_since is null then 'family finding not started' else 'family finding under way' end as detail
from awaiting_long_term_match($option, $ratified_by_review_age) as waiting
join spine using (as_at, child_number)
anti join document
    on document.child_number = spine.child_number
    and document.document_type = $document_type
    and document.sent_date between spine.entered_care and spine.as_at
