-- title: A permanency planning meeting before each review
-- asks: Has a permanency planning meeting been held since the last review, before the next one, for each child under section 20?
-- why: The meeting comes before the review, so that the review has its outcome to look at. A meeting of the panel will do. It is due by the day
--      before the next review is recorded as due; where none is recorded, there is no date.
-- kind: milestone
-- parameters: meetings
-- needs: local_meetings, ssd_cla_reviews, ssd_legal_status
-- evidence: episode, legal_statuses, planning_meetings, reviews_of_care
-- source: Permanency Planning Practice Guidance 5, Child becomes a child we care for under S20 arrangements, fourth bullet
-- out of: children of whom this is asked
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with accommodated as (
    select
        spine.as_at,
        spine.child_number,
        spine.cla_id,
        spine.entered_care,
        coalesce(spine.last_review_date, greatest(orders.accommodated, spine.entered_care) - 1) as reviewed_date,
        greatest(orders.accommodated, spine.entered_care) as since
    from spine
    join order_on_day as orders using (as_at, child_number)
    where orders.accommodated is not null
),

next_review as (
    select
        accommodated.as_at,
        accommodated.child_number,
        min(recorded.clar_cla_review_due_date) as due_date
    from accommodated
    join ssd_cla_reviews as recorded
        on recorded.clar_cla_id = accommodated.cla_id
        and not coalesce(recorded.clar_cla_review_cancelled, false)
        and recorded.clar_cla_review_due_date > accommodated.reviewed_date
        and (recorded.clar_cla_review_date is null or recorded.clar_cla_review_date > accommodated.as_at)
    group by all
)

select
    accommodated.as_at,
    accommodated.child_number,
    greatest(accommodated.reviewed_date, accommodated.since) as clock_start,
    next_review.due_date - 1 as due_date,
    min(held_meeting.meeting_date) as done_date,
    coalesce('review due on ' || strftime(next_review.due_date, '%d/%m/%Y'), 'no next review recorded') as detail
from accommodated
left join next_review using (as_at, child_number)
left join held_meeting
    on held_meeting.child_number = accommodated.child_number
    and list_contains($meetings::varchar[], held_meeting.meeting_type)
    and held_meeting.meeting_date > accommodated.reviewed_date
    and held_meeting.meeting_date between accommodated.entered_care and accommodated.as_at
group by all
