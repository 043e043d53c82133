-- title: No further review since an outcome after the second review
-- asks: Which children have had the outcome of an assessment, or another plan, after their second review, and no review since?
-- why: What was not known at the second review has to be discussed and agreed at a further one. An assessment's outcome counts from the day on
--      which it ended, a plan with other options from its start. A review on that day or later answers it; of a plan, one so many days before
--      that led to it does too. The clock is the first that is not answered.
-- kind: measure
-- parameters: proceedings_weeks, days_before_plan
-- needs: ssd_cla_reviews, ssd_cla_care_plan, local_permanence_options, earlier_records
-- uses: local_events, local_care_proceedings, ssd_cla_placement
-- evidence: episode, plans, permanence_options, reviews_held
-- source: Permanency Planning Practice Guidance 7, Second Statutory Case Review, second paragraph
-- out of: children in care whose second review has been held
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-30
-- next_review: 2027-11-30
-- low_is_good: true
select
    trigger.as_at,
    trigger.child_number,
    min(trigger.change_date) as clock_start,
    array_to_string(list_sort(list(distinct trigger.what)), ', ') as detail
from planning_trigger_on_day($proceedings_weeks, $days_before_plan) as trigger
join spine using (as_at, child_number)
join second_review_on_day as reviewed using (as_at, child_number)
where trigger.what in ('outcome of an assessment', 'change of plan')
    and trigger.change_date > reviewed.second_review_date
    and not exists (
        select 1
        from held_review
        where held_review.child_number = spine.child_number
            and held_review.cla_id = spine.cla_id
            and held_review.review_date between trigger.answered_from and trigger.as_at
    )
group by trigger.as_at, trigger.child_number
