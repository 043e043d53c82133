-- title: A placement planning meeting for each placement
-- asks: Was a placement planning meeting held within the set number of hours of the child moving in to their current placement?
-- why: The carers need to know about the child from the start. A meeting before the move counts too (a pre-placement planning
--      meeting), unless it was in the first days of the placement before: that meeting was about the other placement. Going back
--      from a temporary placement to the same home does not start a placement. A placement that has ended no longer needs a
--      meeting.
-- kind: milestone
-- parameters: meeting_types, days, before_days, before_weeks
-- needs: local_meetings, ssd_cla_placement, earlier_records
-- evidence: placement, stage_meetings
-- source: Permanence Planning Policy 2, first key stage; 7 for emergency placements
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with counted as (
    select
        as_at,
        child_number,
        home_start,
        case
            when since_entry then entered_care - 7 * $before_weeks
            else greatest(
                entered_care - 7 * $before_weeks,
                home_start - $before_days,
                case when start_before is not null then least(home_start, start_before + $days + 1) end
            )
        end as counted_from
    from home_on_day
)

select
    counted.as_at,
    counted.child_number,
    counted.home_start as clock_start,
    counted.home_start + $days as due_date,
    min(held_meeting.meeting_date) as done_date,
    null as detail
from counted
left join held_meeting
    on held_meeting.child_number = counted.child_number
    and list_contains($meeting_types::varchar[], held_meeting.meeting_type)
    and held_meeting.meeting_date between counted.counted_from and counted.as_at
group by all
union all
select
    as_at,
    child_number,
    entered_care as clock_start,
    null as due_date,
    null as done_date,
    'placement not known' as detail
from spine
where placement_row is null
