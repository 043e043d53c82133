-- title: Placement moves of younger children
-- asks: Which children under this age have moved this many times or more in this period of care?
-- why: Each move makes the next more likely. At the third the service manager, the heads of service and the independent
--      reviewing officer are alerted. The clock starts at the move that reaches the number.
-- kind: measure
-- parameters: moves, under_age
-- needs: ssd_cla_episodes, ssd_cla_placement
-- evidence: episode, moves_in_this_period
-- source: Guidance 3.9, Preventing Drift in Permanency Planning
-- out of: children in care under {under_age}
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    spine.as_at,
    spine.child_number,
    placement_move.start_date as clock_start,
    spine.placement_moves || ' moves' as detail
from spine
join placement_move
    on placement_move.child_number = spine.child_number
    and placement_move.cla_id is not distinct from spine.cla_id
    and placement_move.start_date > spine.entered_care
    and placement_move.start_date <= spine.as_at
where spine.age < $under_age
    and spine.placement_moves >= $moves
qualify row_number() over (
    partition by spine.as_at, spine.child_number
    order by placement_move.start_date
) = $moves
