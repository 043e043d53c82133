-- title: No review of the final care planning since a change
-- asks: Which children in care proceedings have had a change since the final care planning meeting, with no further one held since?
-- why: The final plan holds as long as what it rests on does. A change of the plan's options, the outcome of a full assessment, or proceedings
--      that pass 26 weeks after the meeting ask for another. A change of the plan is also answered by the meeting that led to it, so many days
--      before. The clock is the first change that is not answered.
-- kind: measure
-- parameters: proceedings_weeks, days_before_plan
-- needs: local_meetings, ssd_cla_care_plan, local_permanence_options, earlier_records
-- uses: local_events, local_care_proceedings, ssd_cla_placement
-- evidence: episode, plans, permanence_options, court_proceedings, planning_meetings
-- source: Permanency Planning Practice Guidance 8, Final Care Planning Meeting, second paragraph
-- out of: children in care and in proceedings for whom a final care planning meeting has been held
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-30
-- next_review: 2027-11-30
-- low_is_good: true
select
    trigger.as_at,
    trigger.child_number,
    min(trigger.change_date) as clock_start,
    array_to_string(list_sort(list(distinct trigger.what)), ', ') as detail
from planning_trigger_on_day($proceedings_weeks, $days_before_plan) as trigger
join final_meeting_on_day as planned using (as_at, child_number)
where (trigger.what in ('outcome of an assessment', 'change of plan') or starts_with(trigger.what, 'proceedings passed'))
    and trigger.change_date > planned.first_date
    and not exists (
        select 1
        from held_meeting as meeting
        where meeting.child_number = trigger.child_number
            and meeting.meeting_type = 'FINAL_CARE_PLANNING'
            and meeting.meeting_date between trigger.answered_from and trigger.as_at
    )
group by trigger.as_at, trigger.child_number
