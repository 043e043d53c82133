-- title: A permanence progress meeting every year
-- asks: When is each child's next permanence progress meeting due, once care proceedings have concluded?
-- why: A plan that a court has agreed still has to be carried out. The first meeting is due a year after the conclusion, the next
--      a year after the last one held. While further proceedings run, none is due.
-- kind: milestone
-- due: clock_start
-- parameters: meeting_types, months
-- needs: local_meetings, local_care_proceedings
-- evidence: episode, concluded_proceedings, stage_meetings
-- source: Permanence Planning Policy 4 and 5, Implementing the Final Care Plan
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with concluded as (
    select
        spine.as_at,
        spine.child_number,
        max(proceedings.concluded_date) as concluded_date
    from spine
    join local_care_proceedings as proceedings
        on proceedings.person_id = spine.child_id
        and proceedings.concluded_date between spine.entered_care and spine.as_at
    where not spine.in_proceedings
    group by all
)

select
    concluded.as_at,
    concluded.child_number,
    coalesce(max(held_meeting.meeting_date), concluded.concluded_date) as clock_start,
    months_after(coalesce(max(held_meeting.meeting_date), concluded.concluded_date), $months) as due_date,
    null as done_date,
    case
        when max(held_meeting.meeting_date) is null then 'none held since proceedings concluded on '
        else 'last held on '
    end || strftime(coalesce(max(held_meeting.meeting_date), concluded.concluded_date), '%d/%m/%Y') as detail
from concluded
left join held_meeting
    on held_meeting.child_number = concluded.child_number
    and list_contains($meeting_types::varchar[], held_meeting.meeting_type)
    and held_meeting.meeting_date between concluded.concluded_date and concluded.as_at
group by
    concluded.as_at,
    concluded.child_number,
    concluded.concluded_date
