-- title: A move or change with no planning meeting since
-- asks: Which children have had a change that asks for a permanency planning meeting, with none held since?
-- why: After a change the plan has to be looked at before the next meeting falls due: a placement move, a change of circumstances, a
--      change of the plan's options, the outcome of a full assessment, or proceedings that pass 26 weeks. A change of the plan is
--      also answered by the meeting that led to it, so many days before. The clock is the first change that is not answered.
-- kind: measure
-- parameters: meetings, proceedings_weeks, days_before_plan
-- needs: local_meetings, local_events, ssd_cla_placement, earlier_records
-- uses: ssd_cla_care_plan, local_permanence_options, local_care_proceedings
-- evidence: episode, moves_in_this_period, changes_of_circumstances, plans, permanence_options, court_proceedings, planning_meetings
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
        null::date as entered_care,
        start_date as change_date,
        start_date as answered_from,
        'placement move' as what
    from placement_move
    union all
    select
        child.child_number,
        null,
        null,
        event.event_date,
        event.event_date,
        'change of circumstances'
    from local_events as event
    join child on child.child_id = event.person_id
    where event.event_type = 'CHANGE_OF_CIRCUMSTANCES'
    union all
    select
        child_number,
        null,
        entered_care,
        greatest(start_date, entered_care),
        greatest(start_date - $days_before_plan::integer, entered_care),
        'change of plan'
    from ticked_plan
    where options_before is not null
        and list_sort(options) != list_sort(options_before)
    union all
    select
        child.child_number,
        null,
        null,
        explored.assessment_end_date,
        explored.assessment_end_date,
        'outcome of an assessment'
    from local_permanence_options as explored
    join child on child.child_id = explored.person_id
    where explored.assessment_outcome is not null
    union all
    select
        child.child_number,
        null,
        null,
        proceedings.issued_date + $proceedings_weeks::integer * 7,
        proceedings.issued_date + $proceedings_weeks::integer * 7,
        'proceedings passed ' || $proceedings_weeks || ' weeks'
    from local_care_proceedings as proceedings
    join child on child.child_id = proceedings.person_id
    where proceedings.concluded_date is null
        or proceedings.concluded_date > proceedings.issued_date + $proceedings_weeks::integer * 7
),

-- A change is unanswered until the first planning meeting held on its day or later (of the plan: or shortly before).
unanswered as (
    select
        change.*,
        min(planning_meeting.meeting_date) as met_date
    from change
    left join planning_meeting
        on planning_meeting.child_number = change.child_number
        and planning_meeting.meeting_date >= change.answered_from
    group by all
)

select
    spine.as_at,
    spine.child_number,
    min(unanswered.change_date) as clock_start,
    array_to_string(list_sort(list(distinct unanswered.what)), ', ') as detail
from spine
join unanswered
    on unanswered.child_number = spine.child_number
    and unanswered.change_date between spine.entered_care and spine.as_at
    and (unanswered.met_date is null or unanswered.met_date > spine.as_at)
    and (unanswered.entered_care is null or unanswered.entered_care = spine.entered_care)
where unanswered.what != 'placement move'
    or (unanswered.change_date > spine.entered_care and unanswered.cla_id is not distinct from spine.cla_id)
group by spine.as_at, spine.child_number
