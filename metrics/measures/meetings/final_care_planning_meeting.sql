-- title: The final care planning meeting
-- asks: Was a final care planning meeting held in time, for each child in care proceedings, in care or not?
-- why: The head of service ratifies the plan before the final evidence is filed: the meeting is due by the day for which the evidence
--      is due, or by so many weeks from issue where that day is not recorded. A meeting counts from issue on, before entry to care too.
--      Final evidence is filed for a child who lives at home as well.
-- kind: milestone
-- parameters: weeks
-- needs: local_care_proceedings, local_meetings, children_not_in_care
-- evidence: episode, court_proceedings, planning_meetings
-- source: Permanency Planning Practice Guidance 5, Child becomes subject to Care Proceedings, third bullet; 8
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    as_at,
    child_number,
    issued_date as clock_start,
    coalesce(evidence_date, issued_date + $weeks::integer * 7) as due_date,
    final_meeting_date as done_date,
    case
        when evidence_date is null then 'no day recorded for the final evidence'
        else 'final evidence due on ' || strftime(evidence_date, '%d/%m/%Y')
    end || case when in_care then '' else '; not in care' end as detail
from proceedings_in_force_on_day
