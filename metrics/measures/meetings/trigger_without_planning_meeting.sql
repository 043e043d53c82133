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
-- out of: children in care with a move or change that asks for a planning meeting
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    trigger.as_at,
    trigger.child_number,
    min(trigger.change_date) as clock_start,
    array_to_string(list_sort(list(distinct trigger.what)), ', ') as detail
from planning_trigger_on_day($proceedings_weeks, $days_before_plan) as trigger
where not exists (
    select 1
    from held_meeting as meeting
    where meeting.child_number = trigger.child_number
        and list_contains($meetings::varchar[], meeting.meeting_type)
        and meeting.meeting_date between trigger.answered_from and trigger.as_at
)
group by trigger.as_at, trigger.child_number
