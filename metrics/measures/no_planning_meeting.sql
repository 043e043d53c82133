-- title: No permanency planning meeting since entry to care
-- asks: Which children under this age have had neither a permanency planning meeting nor a discussion in its place since
--      entry?
-- why: The first review asks for the meeting; it forms the plan that the second review ratifies. Children of 12 and over need
--      none, though their care plan must say how permanence is met.
-- kind: measure
-- parameters: under_age, meetings
-- needs: local_meetings
-- evidence: episode, permanency_meetings
-- source: Guidance 3.1, Planning for Permanent Placements
with planning_meeting as (
    select
        child_number,
        entered_care,
        min(meeting_date) as meeting_date
    from first_meeting
    where list_contains($meetings::varchar[], meeting_type)
    group by all
),

without_meeting as (
    select
        spine.as_at,
        spine.child_number,
        spine.entered_care
    from spine
    left join planning_meeting
        on planning_meeting.child_number = spine.child_number
        and planning_meeting.entered_care = spine.entered_care
    where spine.age < $under_age
        and (planning_meeting.meeting_date is null or planning_meeting.meeting_date > spine.as_at)
),

booked as (
    select distinct
        without_meeting.as_at,
        without_meeting.child_number
    from without_meeting
    join booked_meeting
        on booked_meeting.child_number = without_meeting.child_number
        and list_contains($meetings::varchar[], booked_meeting.meeting_type)
        and booked_meeting.meeting_date >= without_meeting.as_at
)

select
    without_meeting.as_at,
    without_meeting.child_number,
    without_meeting.entered_care as clock_start,
    case when booked.child_number is null then 'no meeting booked' else 'meeting booked' end as detail
from without_meeting
left join booked using (as_at, child_number)
