-- title: Accommodated for a long time with no entry to care panel
-- asks: Which children have been accommodated under section 20 for longer than this with no entry to care panel to review it?
-- why: Section 20 is not a plan. An arrangement that lasts goes back to the entry to care panel, so that consent and the plan to
--      go home or to permanence are looked at again. A panel before the week from which it counts is the one at entry.
-- kind: measure
-- parameters: panel_from_weeks
-- needs: ssd_legal_status, local_meetings
-- evidence: episode, legal_statuses, planning_meetings
-- source: Permanency Planning Practice Guidance 5, Child becomes a child we care for under S20 arrangements, third bullet
-- out of: children under section 20
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with accommodated as (
    select
        spine.as_at,
        spine.child_number,
        greatest(orders.accommodated, spine.entered_care) as since
    from spine
    join order_on_day as orders using (as_at, child_number)
    where orders.accommodated is not null
)

select
    accommodated.as_at,
    accommodated.child_number,
    accommodated.since as clock_start,
    case
        when bool_or(panel.meeting_date is not null) then 'entry to care panel held at entry, not since'
        else 'no entry to care panel held'
    end as detail
from accommodated
left join held_meeting as panel
    on panel.child_number = accommodated.child_number
    and panel.meeting_type = 'ENTRY_TO_CARE_PANEL'
    and panel.meeting_date between accommodated.since and accommodated.as_at
group by accommodated.as_at, accommodated.child_number, accommodated.since
having count(*) filter (where panel.meeting_date >= accommodated.since + $panel_from_weeks::integer * 7) = 0
