-- title: Child permanence report before the agency decision
-- asks: Was the child permanence report written by the day of the agency decision?
-- why: The agency decision maker decides on the report, and the child may read it as an adult. One written later is late,
--      and one written before this period of care does not count.
-- kind: milestone
-- needs: ssd_permanence, local_documents
-- evidence: episode, agency_decision, documents_recorded
-- source: Guidance 3.7, Immediate Actions to be Undertaken if the Permanence Plan includes Adoption, second bullet
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    spine.as_at,
    spine.child_number,
    decision.decision_date as clock_start,
    decision.decision_date as due_date,
    min(document.sent_date) as done_date,
    null as detail
from spine
join agency_decision_on_day as decision using (as_at, child_number)
left join document
    on document.child_number = spine.child_number
    and document.document_type = 'CHILD_PERMANENCE_REPORT'
    and document.sent_date between spine.entered_care and spine.as_at
group by all
