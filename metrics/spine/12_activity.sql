-- What was done, one row an event, for the rules that ask whether and when. A measure compares the dates with the reporting date itself.
-- term: held_meeting: Meetings that were held: those that are only booked, or were cancelled, are left out.
-- term: held_meeting.meeting_type: The kind of meeting, such as PPM for a permanence planning meeting.
-- term: held_meeting.meeting_date: The day of the meeting.
-- term: held_meeting.outcome: What the meeting decided, as it is recorded.
create or replace temp table held_meeting as
select
    child.child_number,
    meeting.meeting_type,
    meeting.meeting_date,
    meeting.outcome
from local_meetings as meeting
join child on child.child_id = meeting.person_id
where meeting.meeting_date is not null
    and coalesce(meeting.meeting_status, 'HELD') = 'HELD';

-- Reviews held, numbered within their period of care.
-- term: held_review: Reviews that were held, numbered within their period of care.
-- cases: Review held
-- term: held_review.review_date: The day of the review.
-- term: held_review.review_number: 1 for the first review of the period of care, 2 for the second, and so on.
create or replace temp table held_review as
select distinct
    child_number,
    cla_id,
    review_date,
    dense_rank() over (partition by child_number, cla_id order by review_date) as review_number
from (
    select distinct
        episode.child_number,
        episode.cla_id,
        review.clar_cla_review_date as review_date
    from ssd_cla_reviews as review
    join episode on episode.cla_id = review.clar_cla_id
    where review.clar_cla_review_date is not null
        and not coalesce(review.clar_cla_review_cancelled, false)
);
