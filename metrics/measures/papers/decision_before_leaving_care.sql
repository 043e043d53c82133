-- title: A management decision before a child under section 20 ceases to be looked after
-- asks: Was a management decision recorded before each child who was accommodated left care?
-- why: The record shows who decided that the child could go, and why. A decision counts from so many weeks before the child left on; the document
--      gives no period. One after that day is late. Only children whose leaving the council itself decides: under section 20, at sixteen
--      or seventeen, or younger after the set working days of it and not for an unplanned reason. Followed for six months.
-- kind: milestone
-- parameters: note_type, weeks, older_age, working_days, decided_elsewhere, unplanned
-- needs: local_case_notes, ssd_legal_status, ssd_cla_episodes, earlier_records
-- evidence: episodes_ended, accommodation, management_decisions
-- source: Permanence Planning Policy 10, Ceasing to Look after a Child, both agreed processes
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-30
-- next_review: 2027-11-30
-- low_is_good: true
select
    gone.as_at,
    gone.child_number,
    gone.left_date as clock_start,
    gone.left_date as due_date,
    min(note.note_date) as done_date,
    case when gone.age >= $older_age then 'aged 16 or 17' else 'under 16' end as detail
from leaver_decided_here_on_day($older_age, $working_days, $unplanned, $decided_elsewhere) as gone
join child using (child_number)
left join local_case_notes as note
    on note.person_id = child.child_id
    and note.note_type = $note_type
    and note.note_date between greatest(gone.left_date - 7 * $weeks, gone.entered_care) and gone.as_at
group by
    gone.as_at,
    gone.child_number,
    gone.left_date,
    gone.age
