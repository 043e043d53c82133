-- title: The second review
-- asks: Was each child's second review held in time?
-- why: The second review ratifies the plan for permanence. It falls due sooner for a child in care proceedings, so that
--      planning keeps pace with the court. Once the review has been held, the proceedings on that day decide.
-- kind: milestone
-- parameters: proceedings_weeks, other_weeks
-- needs: ssd_cla_reviews
-- uses: local_care_proceedings
-- evidence: episode, reviews_held, concluded_proceedings
-- source: Guidance 3.2, Permanence Planning Meetings
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
    spine.entered_care as clock_start,
    spine.entered_care + 7 * case
        when coalesce(second_review.in_proceedings, spine.in_proceedings) then $proceedings_weeks::integer
        else $other_weeks::integer
    end as due_date,
    second_review.review_date as done_date,
    case
        when coalesce(second_review.in_proceedings, spine.in_proceedings) then 'in care proceedings'
        else 'not in care proceedings'
    end as detail
from spine
left join second_review
    on second_review.child_number = spine.child_number
    and second_review.cla_id = spine.cla_id
    and second_review.review_date <= spine.as_at
