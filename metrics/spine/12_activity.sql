-- What was done, one row an event, for the rules that ask whether and when. A measure compares the dates with the reporting date itself.
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
