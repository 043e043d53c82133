-- title: The next review after the second
-- asks: By when must each child who has had two reviews be reviewed next?
-- why: A plan that nobody looks at drifts. The next review is due so many months after the last one that was held.
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
with later_held as (
    select
        child_number,
        cla_id,
        review_date
    from held_review
    where review_number >= 2
)

select
    spine.as_at,
    spine.child_number,
    later_held.review_date as clock_start,
    months_after(later_held.review_date, $months) as due_date,
    null::date as done_date,
    'last review on ' || strftime(later_held.review_date, '%d/%m/%Y') as detail
from spine
asof join later_held
    on later_held.child_number = spine.child_number
    and later_held.cla_id = spine.cla_id
    and later_held.review_date <= spine.as_at
