-- title: Planning meeting before the review before the final hearing
-- asks: Was a permanency planning meeting held in time before the review that precedes the final hearing?
-- why: The review before the final hearing settles the plan that goes to court, so a meeting makes it before. The review is the last one
--      before the hearing, held or recorded as due; a meeting since the review before that counts. A review that was held so many months before a
--      hearing still to come is not the last: another falls due before the hearing, and until it is recorded there is no day.
-- kind: milestone
-- parameters: meetings, working_days, review_months
-- needs: local_care_proceedings, local_meetings, ssd_cla_reviews
-- evidence: episode, court_proceedings, permanency_meetings, reviews_of_care
-- source: Guidance 3.1, Planning for Permanent Placements, third bullet
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with hearing as (
    select
        spine.as_at,
        spine.child_number,
        spine.cla_id,
        spine.entered_care,
        proceedings.final_hearing_date
    from spine
    join proceedings_in_force_on_day as proceedings using (as_at, child_number)
    where proceedings.final_hearing_date is not null
),

review_day as (
    select
        hearing.as_at,
        hearing.child_number,
        case
            when review.clar_cla_review_date <= hearing.as_at then review.clar_cla_review_date
            else review.clar_cla_review_due_date
        end as review_date
    from hearing
    join ssd_cla_reviews as review
        on review.clar_cla_id = hearing.cla_id
        and not coalesce(review.clar_cla_review_cancelled, false)
),

last_before as (
    select
        hearing.as_at,
        hearing.child_number,
        max(review_day.review_date) as review_date
    from hearing
    join review_day using (as_at, child_number)
    where review_day.review_date < hearing.final_hearing_date
        and (
            hearing.final_hearing_date <= hearing.as_at
            or review_day.review_date > hearing.as_at
            or months_after(review_day.review_date, $review_months) > hearing.final_hearing_date
        )
    group by all
),

held_before_that as (
    select
        hearing.as_at,
        hearing.child_number,
        max(held_review.review_date) as review_date
    from hearing
    left join last_before using (as_at, child_number)
    join held_review
        on held_review.child_number = hearing.child_number
        and held_review.cla_id = hearing.cla_id
        and held_review.review_date <= hearing.as_at
        and (last_before.review_date is null or held_review.review_date < last_before.review_date)
    group by all
),

before as (
    select
        hearing.as_at,
        hearing.child_number,
        hearing.final_hearing_date,
        last_before.review_date,
        coalesce(held_before_that.review_date + 1, hearing.entered_care) as counted_from
    from hearing
    left join last_before using (as_at, child_number)
    left join held_before_that using (as_at, child_number)
)

select
    before.as_at,
    before.child_number,
    before.counted_from as clock_start,
    working_days_before(before.review_date, $working_days) as due_date,
    min(meeting.meeting_date) as done_date,
    'final hearing on ' || strftime(before.final_hearing_date, '%d/%m/%Y')
        || coalesce('; review before it on ' || strftime(before.review_date, '%d/%m/%Y'), '; no review recorded before it yet') as detail
from before
left join held_meeting as meeting
    on meeting.child_number = before.child_number
    and list_contains($meetings::varchar[], meeting.meeting_type)
    and meeting.meeting_date between before.counted_from and before.as_at
group by all
