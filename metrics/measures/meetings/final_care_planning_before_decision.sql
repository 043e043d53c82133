-- title: Final care planning meeting before the agency decision
-- asks: Was a final care planning meeting held before the agency decided that the child should be placed for adoption?
-- why: The meeting tells the agency decision maker that adoption is considered the right plan. One held later is late; of one on the day of
--      the decision nobody can tell, and it is in time.
-- kind: milestone
-- needs: ssd_permanence, local_meetings
-- evidence: episode, agency_decision, planning_meetings
-- source: Permanency Planning Practice Guidance 8, Final Care Planning Meeting
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    spine.as_at,
    spine.child_number,
    decision.decision_date as clock_start,
    decision.decision_date as due_date,
    min(final_meeting.meeting_date) as done_date,
    case
        when min(final_meeting.meeting_date) is null then 'no final care planning meeting'
        when min(final_meeting.meeting_date) < decision.decision_date then 'held before the decision'
        when min(final_meeting.meeting_date) = decision.decision_date then 'held on the day of the decision'
        else 'held after the decision'
    end as detail
from spine
join agency_decision_on_day as decision using (as_at, child_number)
left join held_meeting as final_meeting
    on final_meeting.child_number = spine.child_number
    and final_meeting.meeting_type = 'FINAL_CARE_PLANNING'
    and final_meeting.meeting_date between spine.entered_care and spine.as_at
group by spine.as_at, spine.child_number, decision.decision_date
