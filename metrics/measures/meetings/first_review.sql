-- title: The first review
-- asks: Was each child's first review held within so many working days of entry to care?
-- why: The first review is where somebody outside the team first asks whether the plan is right. A review counts when it was
--      held in this period of care. Of a child who entered care before the records reach, it cannot be judged.
-- kind: milestone
-- due: clock_start
-- parameters: working_days
-- needs: ssd_cla_reviews
-- evidence: episode, reviews_held
-- source: Care Planning, Placement and Case Review (England) Regulations 2010, regulation 33(1)
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases
-- reviewed: not yet
-- next_review: 2027-02-28
-- low_is_good: true
with first_due as (
    select
        entered_care,
        working_days_after(entered_care, $working_days) as due_date
    from (select distinct entered_care from spine)
),

first_held as (
    select
        child_number,
        cla_id,
        review_date
    from held_review
    where review_number = 1
)

select
    spine.as_at,
    spine.child_number,
    spine.entered_care as clock_start,
    first_due.due_date,
    case when first_held.review_date <= spine.as_at then first_held.review_date end as done_date,
    case when first_held.review_date <= spine.as_at then 'held on ' || strftime(first_held.review_date, '%d/%m/%Y')
        else 'not held' end as detail
from spine
join first_due using (entered_care)
left join first_held
    on first_held.child_number = spine.child_number
    and first_held.cla_id = spine.cla_id
