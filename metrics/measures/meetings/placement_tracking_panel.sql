-- title: A meeting about a far or an emergency placement
-- asks: Has a meeting of these types looked at each emergency, out of borough or distant placement that was asked for?
-- why: The panel looks for a home nearer by, and for a match, at the first opportunity: a request is on the list from its day until a panel
--      has looked at it. Which panels sat without the child is not recorded, so the first that looked at it was the first available one and
--      is in time, unless the council sets days from the request. A meeting that assesses whether such a placement is needed comes before
--      the request: one from so many weeks before it on counts, and one after the day of the request is late. Requests that name the
--      present home, or no placement, count.
-- kind: milestone
-- due: clock_start
-- parameters: meeting_types, approval_types, weeks_before, days, first_available
-- needs: local_meetings, local_approvals, earlier_records
-- uses: ssd_cla_placement
-- evidence: placement, approvals_recorded, stage_meetings
-- source: Permanence Planning Policy 7, Placements Out of the Authority's Area
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with requested as (
    select as_at, child_number, asked_date, approval_type
    from home_approval_on_day
    union
    select spine.as_at, spine.child_number, coalesce(approval.requested_date, approval.decided_date), approval.approval_type
    from spine
    join local_approvals as approval
        on approval.person_id = spine.child_id
        and approval.placement_id is null
        and coalesce(approval.requested_date, approval.decided_date) between spine.entered_care and spine.as_at
)

select
    requested.as_at,
    requested.child_number,
    requested.asked_date as clock_start,
    case
        when $first_available and $days = 0 then coalesce(min(held_meeting.meeting_date), requested.asked_date)
        else requested.asked_date + $days
    end as due_date,
    min(held_meeting.meeting_date) as done_date,
    lower(replace(string_agg(distinct requested.approval_type, ', ' order by requested.approval_type), '_', ' ')) || ' placement' as detail
from requested
left join held_meeting
    on held_meeting.child_number = requested.child_number
    and list_contains($meeting_types::varchar[], held_meeting.meeting_type)
    and held_meeting.meeting_date between requested.asked_date - 7 * $weeks_before and requested.as_at
where list_contains($approval_types::varchar[], requested.approval_type)
    and requested.asked_date is not null
group by
    requested.as_at,
    requested.child_number,
    requested.asked_date
