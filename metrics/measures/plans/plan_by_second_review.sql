-- title: A permanence plan by the second review
-- asks: Did each child have a plan with an option by the second review?
-- why: The second review considers the plan for permanence, so there has to be one. Due on the day the second review
--      was held; until then on its recorded due date, once the first has been held.
-- kind: milestone
-- needs: ssd_cla_care_plan, ssd_cla_reviews
-- evidence: episode, plans, reviews_of_care
-- source: Permanency Planning Practice Guidance 3 and 7, Second Statutory Case Review
-- out of: children of whom this is asked
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with review_due as (
    select
        held_review.child_number,
        held_review.cla_id,
        recorded.clar_cla_review_due_date as due_date,
        recorded.clar_cla_review_date as held_date
    from held_review
    join ssd_cla_reviews as recorded
        on recorded.clar_cla_id = held_review.cla_id
        and not coalesce(recorded.clar_cla_review_cancelled, false)
        and recorded.clar_cla_review_due_date > held_review.review_date
    where held_review.review_number = 1
),

first_plan as (
    select
        child_number,
        entered_care,
        greatest(min(start_date), entered_care) as plan_date
    from ticked_plan
    group by child_number, entered_care
),

reviewed as (
    select
        spine.as_at,
        spine.child_number,
        spine.cla_id,
        spine.entered_care,
        min(held_review.review_date) filter (where held_review.review_number = 1) as first_review_date,
        min(held_review.review_date) filter (where held_review.review_number = 2) as second_review_date
    from spine
    left join held_review
        on held_review.child_number = spine.child_number
        and held_review.cla_id = spine.cla_id
        and held_review.review_number <= 2
        and held_review.review_date <= spine.as_at
    group by all
),

-- The second review's own day, or the earliest for which a review after the first is recorded as due and not held by D.
expected as (
    select
        reviewed.as_at,
        reviewed.child_number,
        min(review_due.due_date) as due_date
    from reviewed
    join review_due
        on review_due.child_number = reviewed.child_number
        and review_due.cla_id = reviewed.cla_id
        and (review_due.held_date is null or review_due.held_date > reviewed.as_at)
    where reviewed.first_review_date is not null
        and reviewed.second_review_date is null
    group by all
)

select
    reviewed.as_at,
    reviewed.child_number,
    reviewed.entered_care as clock_start,
    coalesce(reviewed.second_review_date, expected.due_date) as due_date,
    case when first_plan.plan_date <= reviewed.as_at then first_plan.plan_date end as done_date,
    case
        when reviewed.second_review_date is not null then 'second review held'
        when reviewed.first_review_date is not null then 'second review to come'
        else 'first review to come'
    end as detail
from reviewed
left join expected using (as_at, child_number)
left join first_plan
    on first_plan.child_number = reviewed.child_number
    and first_plan.entered_care = reviewed.entered_care
