-- title: Final evidence to the reviewing officer
-- asks: Did the independent reviewing officer have all the final evidence before the day on which it is filed at court?
-- why: The officer can only endorse or challenge a plan that has not been filed yet. On the day of filing it is too late. Where the day
--      of filing is not recorded, there is no due date. Of proceedings that have concluded, only what was sent is shown, while the child is in care.
-- kind: milestone
-- parameters: document_type, sent_to
-- needs: local_care_proceedings, local_documents, children_not_in_care
-- evidence: court_hearings, documents_recorded
-- source: Permanence Planning Policy 2, fifth key stage
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with proceedings as (
    select
        known.as_at,
        known.child_number,
        known.in_care,
        recorded.issued_date,
        recorded.concluded_date,
        recorded.final_evidence_due_date as filed_date
    from known_on_day as known
    join local_care_proceedings as recorded
        on recorded.person_id = known.child_id
        and recorded.issued_date <= known.as_at
),

answered as (
    select
        proceedings.as_at,
        proceedings.child_number,
        proceedings.in_care,
        proceedings.issued_date,
        proceedings.concluded_date,
        proceedings.filed_date,
        min(document.sent_date) as sent_date
    from proceedings
    left join document
        on document.child_number = proceedings.child_number
        and document.document_type = $document_type
        and coalesce(document.sent_to = $sent_to, true)
        and document.sent_date between proceedings.issued_date and proceedings.as_at
        and (proceedings.concluded_date is null or document.sent_date <= proceedings.concluded_date)
    group by all
)

select
    as_at,
    child_number,
    issued_date as clock_start,
    filed_date - 1 as due_date,
    sent_date as done_date,
    case
        when filed_date is null then 'day of filing not recorded'
        else 'filed on ' || strftime(filed_date, '%d/%m/%Y')
    end as detail
from answered
where in_force(issued_date, concluded_date, as_at)
    or (in_care and sent_date is not null)
