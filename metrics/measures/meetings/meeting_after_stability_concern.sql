-- title: A care planning meeting after a concern about stability
-- asks: Was a care planning meeting held within working days of a concern that the placement may not last?
-- why: Between a carer's first doubts and their notice there is time to help. Every concern in this period of care needs a
--      meeting, until one is held or the concern is resolved.
-- kind: milestone
-- due: clock_start
-- parameters: meeting_types, working_days
-- needs: local_meetings, local_events
-- evidence: episode, stability_concerns, stage_meetings
-- source: Permanence Planning Policy 6, Promoting Placement Stability
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with concern as (
    select distinct
        child_number,
        event_date as concern_date
    from recorded_event
    where event_type = 'STABILITY_CONCERN'
),

answered as (
    select
        concern.child_number,
        concern.concern_date,
        working_days_after(concern.concern_date, $working_days) as due_date,
        min(held_meeting.meeting_date) as held_date
    from concern
    left join held_meeting
        on held_meeting.child_number = concern.child_number
        and list_contains($meeting_types::varchar[], held_meeting.meeting_type)
        and held_meeting.meeting_date >= concern.concern_date
    group by all
),

resolved as (
    select
        concern.child_number,
        concern.concern_date,
        min(event.event_date) as resolved_date
    from concern
    join recorded_event as event
        on event.child_number = concern.child_number
        and event.event_type = 'STABILITY_RESOLVED'
        and event.event_date >= concern.concern_date
    group by all
)

select
    spine.as_at,
    spine.child_number,
    answered.concern_date as clock_start,
    answered.due_date,
    case when answered.held_date <= spine.as_at then answered.held_date end as done_date,
    null as detail
from spine
join answered
    on answered.child_number = spine.child_number
    and answered.concern_date between spine.entered_care and spine.as_at
left join resolved
    on resolved.child_number = answered.child_number
    and resolved.concern_date = answered.concern_date
where resolved.resolved_date is null
    or resolved.resolved_date > spine.as_at
    or answered.held_date <= resolved.resolved_date
