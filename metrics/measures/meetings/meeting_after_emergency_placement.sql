-- title: A care planning meeting after an emergency placement
-- asks: Was a care planning meeting held within days of an emergency placement, where the child still lives?
-- why: A placement found in an emergency needs a second look. A placement is an emergency placement when an approval of
--      that kind names it, whatever was decided, or names none and was asked for within a week of the move. A placement that has ended no longer needs a meeting.
-- kind: milestone
-- due: clock_start
-- parameters: meeting_types, days
-- needs: local_meetings, local_approvals, ssd_cla_placement, earlier_records
-- evidence: placement, approvals_recorded, stage_meetings
-- source: Permanence Planning Policy 7, Placements Out of the Authority's Area
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with emergency as (
    select distinct
        as_at,
        child_number,
        home_start
    from home_approval_on_day
    where approval_type = 'EMERGENCY'
)

select
    emergency.as_at,
    emergency.child_number,
    emergency.home_start as clock_start,
    emergency.home_start + $days as due_date,
    min(held_meeting.meeting_date) as done_date,
    null as detail
from emergency
left join held_meeting
    on held_meeting.child_number = emergency.child_number
    and list_contains($meeting_types::varchar[], held_meeting.meeting_type)
    and held_meeting.meeting_date between emergency.home_start and emergency.as_at
group by all
