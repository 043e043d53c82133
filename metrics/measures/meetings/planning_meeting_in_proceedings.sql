-- title: Planning meeting in proceedings, child not looked after
-- asks: Was a permanency planning meeting held in time for each child in care proceedings who is not looked after?
-- why: The first interim care plan records that the meeting has to take place. Such a child has no review at which it would be missed.
--      Asked of each of the proceedings that are in force, at every age; a meeting counts from their issue on.
-- kind: milestone
-- due: clock_start
-- parameters: meetings, weeks
-- needs: local_care_proceedings, local_meetings, children_not_in_care
-- evidence: court_proceedings, permanency_meetings
-- source: Guidance 3.2, Permanence Planning Meetings, fifth paragraph
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with begun as (
    select distinct
        followed.as_at,
        followed.child_number,
        court_stage.start_date as issued_date
    from followed_on_day as followed
    join court_stage
        on court_stage.child_number = followed.child_number
        and court_stage.stage = 'proceedings'
        and in_force(court_stage.start_date, court_stage.end_date, followed.as_at)
    where not followed.in_care
)

select
    begun.as_at,
    begun.child_number,
    begun.issued_date as clock_start,
    begun.issued_date + $weeks::integer * 7 as due_date,
    min(meeting.meeting_date) as done_date,
    null as detail
from begun
left join held_meeting as meeting
    on meeting.child_number = begun.child_number
    and list_contains($meetings::varchar[], meeting.meeting_type)
    and meeting.meeting_date between begun.issued_date and begun.as_at
group by all
