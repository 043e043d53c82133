-- title: Weekly tracking: no permanency planning meeting
-- asks: Which children on the Weekly Tracking Tool have had neither a permanency planning meeting nor a discussion in its
--      place?
-- why: Every Monday managers look for the children of their team who came into care in the last year and a half, have been in
--      care for more than four months, and whose permanence has not been planned. Who is not there yet comes next.
-- kind: measure
-- parameters: within_months, over_months, under_age, meetings
-- needs: local_meetings
-- evidence: episode, permanency_meetings
-- source: Placement Strategy 2.2, Service Level Tracking
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
    where months_after(spine.entered_care, $within_months) > spine.as_at
        and spine.age_at_entry < $under_age
        and (planning_meeting.meeting_date is null or planning_meeting.meeting_date > spine.as_at)
        -- More than so many months: on the very day it is not yet more.
        and months_after(spine.entered_care, $over_months) != spine.as_at
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
