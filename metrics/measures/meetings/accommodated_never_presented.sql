-- title: Accommodated and never presented to the entry to care panel
-- asks: Which children accommodated under section 20 have not been presented to the entry to care panel in this period of care?
-- why: The panel looks at whether care is needed and at what would let the child go home. Children under section 20 have no court that
--      asks.
-- kind: measure
-- needs: ssd_legal_status, local_meetings
-- evidence: episode, legal_statuses, planning_meetings
-- source: Permanency Planning Practice Guidance 5, Child becomes a child we care for under S20 arrangements, second bullet
-- out of: children under section 20
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    spine.as_at,
    spine.child_number,
    greatest(orders.accommodated, spine.entered_care) as clock_start,
    'never presented to the panel' as detail
from spine
join order_on_day as orders using (as_at, child_number)
anti join held_meeting as panel
    on panel.child_number = spine.child_number
    and panel.meeting_type = 'ENTRY_TO_CARE_PANEL'
    and panel.meeting_date between spine.entered_care and spine.as_at
where orders.accommodated is not null
