-- title: The report of the last review
-- asks: Was the report of the child's last review written within working days of it?
-- why: Decisions of a review only help when people have read them. The extracts do not say when the report was sent, so the
--      first note of this kind on or after the review is used instead. The next review replaces the one before.
-- kind: milestone
-- due: clock_start
-- parameters: note_type, working_days
-- needs: ssd_cla_reviews, local_case_notes
-- evidence: episode, reviews_held, summaries_written
-- source: Permanence Planning Policy 8, LAC Consultation Reviews
-- out of: children of whom this is asked
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with reviewed as (
    select distinct
        child_number,
        child_id,
        last_review_date
    from spine
    where last_review_date is not null
),

reported as (
    select
        reviewed.child_number,
        reviewed.last_review_date,
        working_days_after(reviewed.last_review_date, $working_days) as due_date,
        min(note.note_date) as note_date
    from reviewed
    left join local_case_notes as note
        on note.person_id = reviewed.child_id
        and note.note_type = $note_type
        and note.note_date >= reviewed.last_review_date
    group by
        reviewed.child_number,
        reviewed.last_review_date
)

select
    spine.as_at,
    spine.child_number,
    spine.last_review_date as clock_start,
    reported.due_date,
    case when reported.note_date <= spine.as_at then reported.note_date end as done_date,
    null as detail
from spine
join reported using (child_number, last_review_date)
