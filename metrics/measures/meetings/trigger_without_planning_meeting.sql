-- title: A move or change with no planning meeting since
-- asks: Which children have moved, or had a change of circumstances, with no permanency planning meeting since?
-- why: After a change the plan has to be looked at before the next meeting falls due. The clock is the first change since the
--      last meeting.
-- kind: measure
-- parameters: meetings
-- needs: local_meetings, local_events, ssd_cla_placement
-- evidence: episode, moves_in_this_period, changes_of_circumstances, planning_meetings
-- source: Permanency Planning Practice Guidance 5, a review permanency planning meeting should be held if
-- out of: children in care on the day
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with planning_meeting as (
    select
        child_number,
        meeting_date
    from held_meeting
    where list_contains($meetings::varchar[], meeting_type)
),

change as (
    select
        child_number,
        cla_id,
        start_date as change_date,
        true as moved
    from placement_move
    union all
    select
        child.child_number,
        null as cla_id,
        event.event_date as change_date,
        false as moved
    from local_events as event
    join child on child.child_id = event.person_id
    where event.event_type = 'CHANGE_OF_CIRCUMSTANCES'
),

-- A change is unanswered until the first planning meeting held on its day or later.
unanswered as (
    select
        change.*,
        min(planning_meeting.meeting_date) as answered_date
    from change
    left join planning_meeting
        on planning_meeting.child_number = change.child_number
        and planning_meeting.meeting_date >= change.change_date
    group by all
)

select
    spine.as_at,
    spine.child_number,
    min(unanswered.change_date) as clock_start,
    case
        when bool_and(unanswered.moved) then 'placement move'
        when bool_or(unanswered.moved) then 'change of circumstances, placement move'
        else 'change of circumstances'
    end as detail
from spine
join unanswered
    on unanswered.child_number = spine.child_number
    and spine.as_at between unanswered.change_date and coalesce(unanswered.answered_date - 1, spine.as_at)
    and unanswered.change_date >= spine.entered_care
where not unanswered.moved
    or (unanswered.change_date > spine.entered_care and unanswered.cla_id is not distinct from spine.cla_id)
group by spine.as_at, spine.child_number
