-- title: Progress of the plan not reviewed in supervision
-- asks: For which children in care proceedings, and unaccompanied children, has no supervision been recorded for this long?
-- why: In proceedings the timetable is the court's, and an unaccompanied child's status may change the plan: both are looked at in
--      supervision. The clock is the last supervision in this period of care, or entry to care.
-- kind: measure
-- needs: local_case_notes, local_care_proceedings
-- uses: ssd_immigration_status
-- evidence: episode, court_proceedings, immigration_status, supervision_notes
-- source: Permanency Planning Practice Guidance 5, Child becomes subject to Care Proceedings, second bullet; 6
-- out of: children in care who are in care proceedings or unaccompanied
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with supervised as (
    select
        spine.as_at,
        spine.child_number,
        max(note.note_date) as note_date
    from spine
    join local_case_notes as note
        on note.person_id = spine.child_id
        and note.note_type = 'SUPERVISION'
        and note.note_date between spine.entered_care and spine.as_at
    group by all
)

select
    spine.as_at,
    spine.child_number,
    coalesce(supervised.note_date, spine.entered_care) as clock_start,
    case when spine.in_proceedings then 'in care proceedings' else 'unaccompanied' end
        || case when supervised.note_date is null then '; no supervision recorded' else '' end as detail
from spine
left join supervised using (as_at, child_number)
left join unaccompanied_on_day as unaccompanied using (as_at, child_number)
where spine.in_proceedings
    or unaccompanied.child_number is not null
