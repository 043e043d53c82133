-- title: Placed with parents: the Permanence Panel
-- asks: Has the Permanence Panel looked at each placement with parents since the move, and again in time?
-- why: A return home under a care order is ratified by the Permanence Panel, and the arrangement is reviewed until the order is
--      discharged. Until a panel has been held since the move, it is overdue from the day of the move.
-- kind: milestone
-- parameters: review_months
-- needs: ssd_cla_placement, local_meetings
-- evidence: episode, placement, planning_meetings
-- source: Permanency Planning Practice Guidance 4, Remaining at home, Care Order; 5
-- out of: children of whom this is asked
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with home as (
    select
        spine.as_at,
        spine.child_number,
        greatest(spine.placement_start, spine.entered_care) as moved_in
    from spine
    join codes
        on codes.code_set = 'placement_type'
        and codes.code = spine.placement_type
        and list_contains(codes.groups, 'with_parents')
),

seen as (
    select
        home.as_at,
        home.child_number,
        home.moved_in,
        max(panel.meeting_date) as panel_date
    from home
    left join held_meeting as panel
        on panel.child_number = home.child_number
        and panel.meeting_type = 'PERMANENCE_PANEL'
        and panel.meeting_date between home.moved_in and home.as_at
    group by all
)

select
    as_at,
    child_number,
    coalesce(panel_date, moved_in) as clock_start,
    coalesce(months_after(panel_date, $review_months), moved_in) as due_date,
    null::date as done_date,
    case when panel_date is null then 'no Permanence Panel since the move' else 'review by the Permanence Panel' end as detail
from seen
