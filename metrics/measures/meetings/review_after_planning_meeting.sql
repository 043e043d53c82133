-- title: A review after a planning meeting about adoption
-- asks: Was a review held in time after each permanency planning meeting of a child whose plan includes adoption?
-- why: What the meeting decides becomes the care plan that the court sees only when a review has taken it. Asked of every meeting since
--      adoption has been in the plan, and of those so many days before that led to it. A review of the same day counts: it comes after the
--      meeting that it takes the decisions from.
-- kind: milestone
-- due: clock_start
-- parameters: meetings, option, weeks, days_before_plan
-- needs: local_meetings, ssd_cla_reviews, ssd_cla_care_plan, plan_starts
-- evidence: episode, plans, permanency_meetings, reviews_held
-- source: Guidance 3.7, Immediate Actions to be Undertaken if the Permanence Plan includes Adoption, eighth bullet
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-30
-- next_review: 2027-11-30
-- low_is_good: true
select
    met.as_at,
    met.child_number,
    met.meeting_date as clock_start,
    met.meeting_date + 7 * $weeks::integer as due_date,
    min(held_review.review_date) as done_date,
    'meeting of ' || strftime(met.meeting_date, '%d/%m/%Y') as detail
from meeting_with_option_on_day($meetings, $option, $days_before_plan) as met
left join held_review
    on held_review.child_number = met.child_number
    and held_review.cla_id = met.cla_id
    and held_review.review_date between met.meeting_date and met.as_at
group by all
