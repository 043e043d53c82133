-- title: Final evidence reviewed by the reviewing officer
-- asks: Has the independent reviewing officer reviewed the final evidence since it was sent: in a review, or by endorsing or challenging the
--      plan?
-- why: The officer endorses or challenges the final care plan that the court is asked to approve. The document gives no period for it, so
--      it has no due date and is never overdue: it is shown as reviewed, or as not reviewed yet. Evidence sent to somebody else is not the
--      officer's; where it is not recorded to whom, it is. Asked while proceedings are in
--      force of a child in care whose final evidence has been sent.
-- kind: milestone
-- parameters: document_type, sent_to, answers
-- needs: local_care_proceedings, local_documents
-- uses: ssd_cla_reviews
-- evidence: court_hearings, documents_recorded, reviews_of_care
-- source: Permanence Planning Policy 2, fifth key stage
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with sent as (
    select
        proceedings.as_at,
        proceedings.child_number,
        min(document.sent_date) as sent_date
    from proceedings_in_force_on_day as proceedings
    join document
        on document.child_number = proceedings.child_number
        and document.document_type = $document_type
        and coalesce(document.sent_to = $sent_to, true)
        and document.sent_date between proceedings.issued_date and proceedings.as_at
    where proceedings.in_care
    group by all
),

looked_at as (
    select spine.as_at, spine.child_number, held_review.review_date as looked_date, 'in a review' as how
    from spine
    join held_review
        on held_review.child_number = spine.child_number
        and held_review.cla_id = spine.cla_id
        and held_review.review_date <= spine.as_at
    union all
    select
        spine.as_at,
        spine.child_number,
        document.sent_date,
        case when document.document_type = 'PLAN_CHALLENGED_BY_IRO' then 'plan challenged' else 'plan endorsed' end
    from spine
    join document
        on document.child_number = spine.child_number
        and list_contains($answers::varchar[], document.document_type)
        and document.sent_date <= spine.as_at
)

select
    sent.as_at,
    sent.child_number,
    sent.sent_date as clock_start,
    null::date as due_date,
    min(looked_at.looked_date) as done_date,
    coalesce(arg_min(looked_at.how, (looked_at.looked_date, looked_at.how)), 'not reviewed since it was sent') as detail
from sent
left join looked_at
    on looked_at.as_at = sent.as_at
    and looked_at.child_number = sent.child_number
    and looked_at.looked_date >= sent.sent_date
group by
    sent.as_at,
    sent.child_number,
    sent.sent_date
