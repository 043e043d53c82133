-- title: The second review
-- asks: Was each child's second review held within so many months of the first?
-- why: By the second review a plan for permanence should be agreed. A child whose first review has not been held is on that
--      list, not on this one.
-- kind: milestone
-- due: clock_start
-- parameters: months
-- needs: ssd_cla_reviews
-- evidence: episode, reviews_held
-- source: Care Planning, Placement and Case Review (England) Regulations 2010, regulation 33(2)
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases
-- reviewed: not yet
-- next_review: 2027-02-28
-- low_is_good: true
select
    spine.as_at,
    spine.child_number,
    first_held.review_date as clock_start,
    months_after(first_held.review_date, $months) as due_date,
    case when second_held.review_date <= spine.as_at then second_held.review_date end as done_date,
    'first held on ' || strftime(first_held.review_date, '%d/%m/%Y')
        || case when second_held.review_date <= spine.as_at then '; second on ' || strftime(second_held.review_date, '%d/%m/%Y')
            else '; second not held' end as detail
from spine
join held_review as first_held
    on first_held.child_number = spine.child_number
    and first_held.cla_id = spine.cla_id
    and first_held.review_number = 1
    and first_held.review_date <= spine.as_at
left join held_review as second_held
    on second_held.child_number = spine.child_number
    and second_held.cla_id = spine.cla_id
    and second_held.review_number = 2
