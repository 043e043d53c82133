-- title: Brothers and sisters to live apart, no care planning meeting
-- asks: For which children did the last assessment of brothers and sisters say apart, with no meeting of these types about it since?
-- why: Where there are concerns about placing brothers and sisters together, a meeting weighs them and records the reasons for the decision. The
--      last assessment of this period of care with an outcome counts; a meeting on its day or later is about it. The clock is its day.
-- kind: measure
-- parameters: meetings
-- needs: local_sibling_assessments, local_meetings
-- evidence: episode, sibling_assessments, stage_meetings
-- source: Slough Permanence Policy 7.3, Sibling assessment, fourth paragraph
-- out of: children in care whose last assessment of brothers and sisters says apart
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    assessed.as_at,
    assessed.child_number,
    assessed.assessed_date as clock_start,
    'assessed on ' || strftime(assessed.assessed_date, '%d/%m/%Y') || ': apart; no meeting since' as detail
from last_sibling_assessment_on_day as assessed
where assessed.outcome = 'APART'
    and not exists (
        select 1
        from held_meeting
        where held_meeting.child_number = assessed.child_number
            and list_contains($meetings::varchar[], held_meeting.meeting_type)
            and held_meeting.meeting_date between assessed.assessed_date and assessed.as_at
    )
