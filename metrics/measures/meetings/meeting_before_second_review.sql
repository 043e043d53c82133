-- title: A permanency planning meeting before the second review
-- asks: Was a permanency planning meeting, or a discussion in its place, held so long before the second review?
-- why: The meeting forms the plan that the second review ratifies, and its minutes have to reach the independent reviewing
--      officer first. Until the second review is held, the latest day for it decides, or the earlier one to come for which it is
--      recorded as due. Children of 12 and over need no meeting.
-- kind: milestone
-- parameters: weeks_before, proceedings_weeks, other_weeks, under_age, meetings
-- needs: ssd_cla_reviews, local_meetings
-- uses: local_care_proceedings
-- evidence: episode, permanency_meetings, reviews_of_care
-- source: Guidance 3.2, Permanence Planning Meetings; 3.1
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    spine.as_at,
    spine.child_number,
    spine.entered_care as clock_start,
    coalesce(
        second_review.review_date,
        least(
            spine.entered_care + 7 * case when spine.in_proceedings then $proceedings_weeks::integer else $other_weeks::integer end,
            case when expected.expected_date >= spine.as_at then expected.expected_date end
        )
    ) - 7 * $weeks_before::integer as due_date,
    case when planning_meeting.meeting_date <= spine.as_at then planning_meeting.meeting_date end as done_date,
    case when second_review.review_date is null then 'second review to come' else 'second review held' end as detail
from spine
left join second_review
    on second_review.child_number = spine.child_number
    and second_review.cla_id = spine.cla_id
    and second_review.review_date <= spine.as_at
left join second_review_on_day as expected
    on expected.as_at = spine.as_at
    and expected.child_number = spine.child_number
left join first_planning_meeting($meetings::varchar[]) as planning_meeting
    on planning_meeting.child_number = spine.child_number
    and planning_meeting.entered_care = spine.entered_care
where spine.age < $under_age
