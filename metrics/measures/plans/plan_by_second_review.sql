-- title: A permanence plan by the second review
-- asks: Did each child have a plan with an option at the second review?
-- why: The second review considers the plan for permanence, so there has to be one. Due on the day the second review
--      was held; until then on its recorded due date, once the first has been held. A plan that ended before the day of the review
--      could not be considered at it and does not count; one that ended on that day does.
-- kind: milestone
-- needs: ssd_cla_care_plan, ssd_cla_reviews
-- evidence: episode, plans, reviews_of_care
-- source: Permanency Planning Practice Guidance 3 and 7, Second Statutory Case Review
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
    reviewed.entered_care as clock_start,
    reviewed.expected_date as due_date,
    reviewed.plan_date as done_date,
    case
        when reviewed.second_review_date is not null then 'second review held'
        when reviewed.first_review_date is not null then 'second review to come'
        else 'first review to come'
    end as detail
from plan_by_second_review_on_day(0) as reviewed
