-- title: A legal planning meeting after entry to care, or after police protection
-- asks: Was a legal planning meeting held within working days of entry, or within hours of police protection?
-- why: A child under police protection has seventy-two hours. Police protection within the first working days takes the place of
--      the later date; after it, a discussion with Legal Services will do. Police protection is an event, or legal status L1, from
--      those hours before entry to care on.
-- kind: milestone
-- parameters: meeting_types, protection_meeting_types, working_days, protection_days, before_weeks
-- needs: local_meetings, local_events, ssd_legal_status, earlier_records
-- evidence: episode, police_protection, stage_meetings
-- source: Permanence Planning Policy 2, second key stage; 7 for emergency placements
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with protected as (
    select
        period.child_number,
        period.entered_care,
        police_protection.protection_date,
        min(held_meeting.meeting_date) as held_date
    from period
    join police_protection
        on police_protection.child_number = period.child_number
        and police_protection.protection_date >= period.entered_care - $protection_days
    left join held_meeting
        on held_meeting.child_number = period.child_number
        and list_contains($protection_meeting_types::varchar[], held_meeting.meeting_type)
        and held_meeting.meeting_date >= police_protection.protection_date
    group by all
),

first_protected as (
    select
        child_number,
        entered_care,
        min(protection_date) as protection_date
    from protected
    group by all
),

first_held as (
    select
        period.child_number,
        period.entered_care,
        working_days_after(period.entered_care, $working_days) as due_date,
        min(held_meeting.meeting_date) as held_date
    from period
    left join held_meeting
        on held_meeting.child_number = period.child_number
        and list_contains($meeting_types::varchar[], held_meeting.meeting_type)
        and held_meeting.meeting_date >= period.entered_care - 7 * $before_weeks
    group by all
)

select
    spine.as_at,
    spine.child_number,
    spine.entered_care as clock_start,
    first_held.due_date,
    case when first_held.held_date <= spine.as_at then first_held.held_date end as done_date,
    null as detail
from spine
join first_held using (child_number, entered_care)
left join first_protected using (child_number, entered_care)
where not coalesce(first_protected.protection_date <= least(first_held.due_date, spine.as_at), false)
union all
select
    spine.as_at,
    spine.child_number,
    protected.protection_date as clock_start,
    protected.protection_date + $protection_days as due_date,
    case when protected.held_date <= spine.as_at then protected.held_date end as done_date,
    'police protection' as detail
from spine
join protected using (child_number, entered_care)
where protected.protection_date <= spine.as_at
