-- title: Key stages timetabled in the first supervision
-- asks: Was there a supervision in the first weeks in care, in which the key stages could be timetabled?
-- why: The stages are planned at the start, in the first supervision. The extracts do not say what was timetabled, so the first
--      supervision on or after entry stands for it; the document gives no period. Asked of children in care for so many weeks at most,
--      since older supervision is often not extracted.
-- kind: milestone
-- due: clock_start
-- parameters: note_type, days, followed_weeks
-- needs: local_case_notes
-- evidence: episode, supervision_notes
-- source: Permanence Planning Policy 1 and 2
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
    spine.entered_care as clock_start,
    spine.entered_care + $days as due_date,
    min(note.note_date) as done_date,
    null as detail
from spine
left join local_case_notes as note
    on note.person_id = spine.child_id
    and note.note_type = $note_type
    and note.note_date between spine.entered_care and spine.as_at
where spine.as_at < spine.entered_care + 7 * $followed_weeks
group by
    spine.as_at,
    spine.child_number,
    spine.entered_care
