-- title: A review before a child under section 20 ceases to be looked after
-- asks: Was the plan for each child to leave care reviewed before the child left?
-- why: The reviewing officer looks at the assessment and the plan before they take effect. A review counts in the set weeks before the
--      child left and on that day; the document gives no period. Only children whose leaving the council itself decides: under
--      section 20, at sixteen or seventeen, or younger after the set working days of it and not for an unplanned reason, before
--      which no review was practicable. Followed for six months.
-- kind: milestone
-- parameters: weeks, older_age, working_days, decided_elsewhere, unplanned
-- needs: ssd_cla_reviews, ssd_legal_status, ssd_cla_episodes, earlier_records
-- evidence: episodes_ended, accommodation, reviews_before_leaving
-- source: Permanence Planning Policy 10, Ceasing to Look after a Child
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    gone.as_at,
    gone.child_number,
    gone.left_date as clock_start,
    gone.left_date as due_date,
    max(review.clar_cla_review_date) as done_date,
    case when gone.age >= $older_age then 'aged 16 or 17' else 'under 16' end as detail
from leaver_decided_here_on_day($older_age, $working_days, $unplanned, $decided_elsewhere) as gone
left join ssd_cla_reviews as review
    on review.clar_cla_id = gone.cla_id
    and not coalesce(review.clar_cla_review_cancelled, false)
    and review.clar_cla_review_date between gone.left_date - 7 * $weeks and gone.left_date
group by
    gone.as_at,
    gone.child_number,
    gone.left_date,
    gone.age
