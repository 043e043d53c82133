-- title: The report of the last review
-- asks: Was the report of the child's last review distributed within working days of it?
-- why: Decisions of a review only help when people have read them. A report counts when it says that it is for that review, or was sent
--      on or after it and does not say for which; a care plan summary is no report. The next review replaces the one before.
-- kind: milestone
-- due: clock_start
-- parameters: document_type, working_days
-- needs: ssd_cla_reviews, local_documents
-- evidence: episode, reviews_held, documents_recorded
-- source: Permanence Planning Policy 8, LAC Consultation Reviews
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with reviewed as (
    select distinct
        child_number,
        last_review_date
    from spine
    where last_review_date is not null
),

reported as (
    select
        reviewed.child_number,
        reviewed.last_review_date,
        working_days_after(reviewed.last_review_date, $working_days) as due_date,
        min(document.sent_date) as sent_date
    from reviewed
    left join document
        on document.child_number = reviewed.child_number
        and document.document_type = $document_type
        and document.sent_date >= reviewed.last_review_date
        and coalesce(document.about_date = reviewed.last_review_date, true)
    group by
        reviewed.child_number,
        reviewed.last_review_date
)

select
    spine.as_at,
    spine.child_number,
    spine.last_review_date as clock_start,
    reported.due_date,
    case when reported.sent_date <= spine.as_at then reported.sent_date end as done_date,
    null as detail
from spine
join reported using (child_number, last_review_date)
