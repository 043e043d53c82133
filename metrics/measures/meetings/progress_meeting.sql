-- title: A permanence progress meeting every year
-- asks: When is each child's next permanence progress meeting due, once care proceedings have concluded?
-- why: A plan that a court has agreed still has to be carried out. The first meeting is due a year after the conclusion, the next
--      a year after the last one held. While further proceedings run, none is due. Of a child under a care order or placement order
--      whose proceedings are not among those recorded, such as older ones, the first of these orders says that they have concluded.
-- kind: milestone
-- due: clock_start
-- parameters: meeting_types, months
-- needs: local_meetings, local_care_proceedings, ssd_legal_status
-- evidence: episode, concluded_proceedings, legal_statuses, stage_meetings
-- source: Permanence Planning Policy 4 and 5, Implementing the Final Care Plan
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with final_order as (
    select
        spine.as_at,
        spine.child_number,
        greatest(min(legal_status.start_date), spine.entered_care) as ordered_date
    from spine
    join legal_status
        on legal_status.child_number = spine.child_number
        and legal_status.start_date <= spine.as_at
        and (legal_status.end_date is null or legal_status.end_date > greatest(legal_status.start_date, spine.entered_care))
    join codes
        on codes.code_set = 'legal_status'
        and codes.code = legal_status.code
        and list_has_any(codes.groups, ['care_order', 'placement_order', 'freeing_order'])
        and not list_contains(codes.groups, 'interim_care_order')
    group by spine.as_at, spine.child_number, spine.entered_care
    having bool_or(in_force(legal_status.start_date, legal_status.end_date, spine.as_at))
),

proceedings as (
    select
        spine.as_at,
        spine.child_number,
        max(recorded.concluded_date) as concluded_date
    from spine
    join local_care_proceedings as recorded
        on recorded.person_id = spine.child_id
        and recorded.concluded_date between spine.entered_care and spine.as_at
    group by all
),

concluded as (
    select
        spine.as_at,
        spine.child_number,
        coalesce(proceedings.concluded_date, final_order.ordered_date) as concluded_date,
        case when proceedings.concluded_date is not null then 'proceedings concluded' else 'the order was made' end as by_what
    from spine
    left join proceedings using (as_at, child_number)
    left join final_order using (as_at, child_number)
    where not spine.in_proceedings
        and coalesce(proceedings.concluded_date, final_order.ordered_date) is not null
)

select
    concluded.as_at,
    concluded.child_number,
    coalesce(max(held_meeting.meeting_date), concluded.concluded_date) as clock_start,
    months_after(coalesce(max(held_meeting.meeting_date), concluded.concluded_date), $months) as due_date,
    null as done_date,
    case
        when max(held_meeting.meeting_date) is null then 'none held since ' || concluded.by_what || ' on '
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
    concluded.concluded_date,
    concluded.by_what
