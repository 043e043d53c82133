-- title: The planning meeting of the year, before the review
-- asks: Has a permanency planning meeting been held in the months up to the next review, before it, for each child under section 20 for so long
--      by then?
-- why: The meeting comes before the review, so that the review has its outcome to look at. It is held every so many months, and not before
--      each review: it is due by the day before the review at which those months would be over. A meeting of the panel will do. Where no
--      next review is recorded, there is no date, and the months run up to the reporting date.
-- kind: milestone
-- parameters: meetings, months
-- needs: local_meetings, ssd_cla_reviews, ssd_legal_status
-- evidence: episode, legal_statuses, planning_meetings, reviews_of_care
-- source: Permanency Planning Practice Guidance 5, Child becomes a child we care for under S20 arrangements, fourth bullet
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-29
-- next_review: 2027-11-29
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

to_come as (
    select
        accommodated.as_at,
        accommodated.child_number,
        accommodated.entered_care,
        accommodated.since,
        min(recorded.clar_cla_review_due_date) as review_date
    from accommodated
    left join ssd_cla_reviews as recorded
        on recorded.clar_cla_id = accommodated.cla_id
        and not coalesce(recorded.clar_cla_review_cancelled, false)
        and recorded.clar_cla_review_due_date > accommodated.reviewed_date
        and (recorded.clar_cla_review_date is null or recorded.clar_cla_review_date > accommodated.as_at)
    group by all
),

-- The months of a meeting are over on the day so many months on: on the day of the review it is not the meeting of these months any more.
met as (
    select
        to_come.*,
        max(meeting.meeting_date) filter (
            where months_after(meeting.meeting_date, $months) <= coalesce(to_come.review_date, to_come.as_at)
        ) as last_date,
        min(meeting.meeting_date) filter (
            where months_after(meeting.meeting_date, $months) > coalesce(to_come.review_date, to_come.as_at)
        ) as done_date
    from to_come
    left join held_meeting as meeting
        on meeting.child_number = to_come.child_number
        and list_contains($meetings::varchar[], meeting.meeting_type)
        and meeting.meeting_date between to_come.entered_care and to_come.as_at
    group by all
)

select
    as_at,
    child_number,
    greatest(since, last_date) as clock_start,
    review_date - 1 as due_date,
    done_date,
    coalesce('review due on ' || strftime(review_date, '%d/%m/%Y'), 'no next review recorded') as detail
from met
where months_after(since, $months) <= coalesce(review_date, as_at)
