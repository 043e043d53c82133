-- title: A paper of the planning meeting, sent before the second review
-- asks: Was this paper of the permanency planning meeting sent in time before the second review?
-- why: The review looks at the plan that the meeting made, so those who take part have to have read it. Asked once a meeting has been
--      held before the second review, from so many weeks before entry to care on; it counts back from the review, or from the day for
--      which it is recorded as due. Of several meetings it is the last whose paper could be sent in time, else the first. The period is in days or in working days; the other of the two is 0.
-- kind: milestone
-- parameters: document_type, sent_to, meetings, days, working_days, before_weeks
-- needs: local_documents, local_meetings, ssd_cla_reviews
-- evidence: episode, permanency_meetings, reviews_of_care, documents_recorded
-- source: Guidance 3.2, Permanence Planning Meetings
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with expected as (
    select
        *,
        case
            when $working_days > 0 then working_days_before(expected_date, $working_days)
            else expected_date - $days::integer
        end as due_date
    from second_review_on_day
),

met as (
    select
        expected.as_at,
        expected.child_number,
        expected.second_review_date,
        expected.due_date,
        coalesce(
            max(meeting.meeting_date) filter (where coalesce(meeting.meeting_date <= expected.due_date, true)),
            min(meeting.meeting_date)
        ) as meeting_date
    from expected
    join held_meeting as meeting
        on meeting.child_number = expected.child_number
        and list_contains($meetings::varchar[], meeting.meeting_type)
        and meeting.meeting_date between expected.entered_care - 7 * $before_weeks::integer
            and coalesce(expected.second_review_date, expected.as_at)
    group by all
)

select
    met.as_at,
    met.child_number,
    met.meeting_date as clock_start,
    met.due_date,
    min(document.sent_date) as done_date,
    case when met.second_review_date is null then 'second review to come' else 'second review held' end as detail
from met
left join document
    on document.child_number = met.child_number
    and document.document_type = $document_type
    and document.sent_to = $sent_to
    and document.sent_date between met.meeting_date and met.as_at
    and coalesce(document.about_date, met.meeting_date) >= met.meeting_date
group by all
