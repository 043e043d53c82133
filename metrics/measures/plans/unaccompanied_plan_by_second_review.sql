-- title: Unaccompanied children: a permanence plan before the second review
-- asks: Did each unaccompanied child have a plan with an option before the second review?
-- why: A permanence plan for an unaccompanied child has to take account of a status in the country that is not settled, and is
--      needed like any other child's: before the second review, so due the day before it is held, or before its recorded due date.
--      A plan that ended before the day of the review does not count. The detail shows the status, and whether the reviewing officer has endorsed the plan.
-- kind: milestone
-- needs: ssd_cla_care_plan, ssd_cla_reviews
-- uses: ssd_immigration_status, local_documents
-- evidence: episode, immigration_status, plans, reviews_of_care, documents_recorded
-- source: Permanency Planning Practice Guidance 6, Permanency Planning Meetings, unaccompanied asylum seeking children
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with endorsed as (
    select
        spine.as_at,
        spine.child_number,
        max(document.sent_date) as endorsed_date
    from spine
    join document
        on document.child_number = spine.child_number
        and document.document_type = 'PLAN_ENDORSED_BY_IRO'
        and document.sent_date between spine.entered_care and spine.as_at
    group by all
)

select
    reviewed.as_at,
    reviewed.child_number,
    reviewed.entered_care as clock_start,
    reviewed.expected_date - 1 as due_date,
    reviewed.plan_date as done_date,
    coalesce(unaccompanied.immigration_status, 'need N8, no such status in force')
        || case
            when reviewed.second_review_date is not null then '; second review held'
            when reviewed.first_review_date is not null then '; second review to come'
            else '; first review to come'
        end
        || case
            when endorsed.endorsed_date is not null
                then '; endorsed by the reviewing officer on ' || strftime(endorsed.endorsed_date, '%d/%m/%Y')
            when (select supplied from supplied where table_name = 'local_documents') then '; not endorsed by the reviewing officer'
            else '; endorsement not supplied'
        end as detail
from plan_by_second_review_on_day(1) as reviewed
join unaccompanied_on_day as unaccompanied using (as_at, child_number)
left join endorsed
    on endorsed.as_at = reviewed.as_at
    and endorsed.child_number = reviewed.child_number
