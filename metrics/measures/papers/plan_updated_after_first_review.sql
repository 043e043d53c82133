-- title: The care plan updated after the first review
-- asks: Was each child's care plan updated in time after the first review?
-- why: The plan for permanence is an integral part of the care plan, and the second review looks at it. A plan with an option that
--      starts on the day of the review or later is an update.
-- kind: milestone
-- due: clock_start
-- parameters: days
-- needs: ssd_cla_care_plan, ssd_cla_reviews
-- evidence: episode, plans, reviews_held
-- source: Guidance 3.2, Permanence Planning Meetings, second paragraph
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    reviewed.as_at,
    reviewed.child_number,
    reviewed.first_review_date as clock_start,
    reviewed.first_review_date + $days::integer as due_date,
    min(ticked_plan.start_date) as done_date,
    null as detail
from second_review_on_day as reviewed
left join ticked_plan
    on ticked_plan.child_number = reviewed.child_number
    and ticked_plan.entered_care = reviewed.entered_care
    and ticked_plan.start_date between reviewed.first_review_date and reviewed.as_at
where reviewed.first_review_date is not null
group by all
