-- title: Placed with parents: ratified before the move
-- asks: Did the Permanence Panel ratify each placement with parents under a care order before the child returned home?
-- why: A return home under a care order is safe when it has been assessed, and the Permanence Panel has ratified it before the child
--      moves. A panel from six months before the move on counts, before entry to care too; one after the move is late.
-- kind: milestone
-- parameters: approvers
-- needs: ssd_cla_placement, ssd_legal_status, local_meetings, earlier_records
-- uses: local_approvals
-- evidence: episode, placement, legal_statuses, approvals_recorded, planning_meetings
-- source: Permanency Planning Practice Guidance 4, Remaining at home/Reunification home, Care Order; 5
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
    moved_in as clock_start,
    moved_in as due_date,
    ratified_date as done_date,
    case
        when ratified_date < moved_in then 'ratified before the move'
        when ratified_date = moved_in then 'ratified on the day of the move'
        when ratified_date is not null then 'ratified after the move'
        when approved_by is not null then 'approved by ' || approved_by || ', not by the Permanence Panel'
        else 'not ratified by the Permanence Panel'
    end as detail
from with_parents_on_day($approvers::varchar[])
