-- title: Drift with no panel since
-- asks: Which children have moved this many times, or are under a placement order for so long with no match, and have not been before the
--      panel since?
-- why: The panel monitors the progress of planning for these children. The clock is the first of the two that the panel has not
--      looked at since: the move that reached the number, or the day on which the order had lasted so long.
-- kind: measure
-- parameters: moves, under_age, order_months, panels
-- needs: local_meetings, ssd_cla_episodes, ssd_cla_placement, ssd_legal_status, earlier_records
-- needs any: ssd_permanence, local_carer_matches
-- evidence: episode, moves_in_this_period, placement_order, adoption_match, panels_held
-- source: Guidance 3.9, Preventing Drift in Permanency Planning; 3.10, Practice and Resources Panel
-- out of: children under {under_age} with {moves} moves or more, or under a placement order for {order_months} months with no match
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    reason.as_at,
    reason.child_number,
    min(reason.since) as clock_start,
    string_agg(reason.what, '; ' order by reason.since, reason.what) as detail
from drift_on_day($moves, $under_age, $order_months) as reason
where not exists (
    select 1
    from held_meeting as panel
    where panel.child_number = reason.child_number
        and list_contains($panels::varchar[], panel.meeting_type)
        and panel.meeting_date between reason.since and reason.as_at
)
group by reason.as_at, reason.child_number
