-- title: A meeting within a set time of entry to care
-- asks: Was this kind of meeting held within the set number of days, or working days, of the child entering care?
-- why: The first weeks decide how long a child waits. A meeting held shortly before entry, during work with the family or before
--      proceedings, does not have to be held again. The period is in days or in working days; the other of the two is 0.
-- kind: milestone
-- due: clock_start
-- parameters: meeting_types, days, working_days, before_weeks
-- needs: local_meetings
-- evidence: episode, stage_meetings
-- source: Permanence Planning Policy 2, second and fourth key stages
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with due as (
    select
        child_number,
        entered_care,
        case when $working_days > 0 then working_days_after(entered_care, $working_days) else entered_care + $days end as due_date
    from period
),

first_held as (
    select
        period.child_number,
        period.entered_care,
        min(held_meeting.meeting_date) as held_date
    from period
    join held_meeting
        on held_meeting.child_number = period.child_number
        and list_contains($meeting_types::varchar[], held_meeting.meeting_type)
        and held_meeting.meeting_date >= period.entered_care - 7 * $before_weeks
    group by all
)

select
    spine.as_at,
    spine.child_number,
    spine.entered_care as clock_start,
    due.due_date,
    case when first_held.held_date <= spine.as_at then first_held.held_date end as done_date,
    null as detail
from spine
join due using (child_number, entered_care)
left join first_held using (child_number, entered_care)
