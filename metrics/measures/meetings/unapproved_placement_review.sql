-- title: Unapproved placement: reviewed as its approval says
-- asks: Has each unapproved placement been reviewed by the day that its approval sets?
-- why: Whoever approves a placement with a carer who is not approved says by when the arrangement is looked at again. A review by the
--      head of service or a permanency planning meeting after the approval answers it. Where the approval gives no day, none is due.
-- kind: milestone
-- parameters: meetings
-- needs: local_approvals, local_meetings, ssd_cla_placement, earlier_records
-- evidence: episode, placement, approvals_recorded, planning_meetings
-- source: Permanency Planning Practice Guidance 5, Unapproved Placements, second bullet
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with unapproved as (
    select
        spine.as_at,
        spine.child_number,
        case
            when approval.decision = 'APPROVED' and approval.decided_date <= spine.as_at then approval.decided_date
        end as approved_date,
        approval.review_by_date,
        least(approval.requested_date, approval.decided_date) as noted_date,
        greatest(spine.placement_start, spine.entered_care) as moved_in,
        spine.entered_care
    from spine
    join placement_approval as approval
        on approval.child_number = spine.child_number
        and approval.placement_row = spine.placement_row
        and approval.approval_type = 'UNAPPROVED'
        and coalesce(least(approval.requested_date, approval.decided_date), spine.placement_start) <= spine.as_at
),

-- A placement whose approval was renewed has the days of each approval; without any, it has none.
asked as (
    select *
    from unapproved
    qualify approved_date is not null
        or not bool_or(approved_date is not null) over (partition by as_at, child_number)
)

select
    asked.as_at,
    asked.child_number,
    coalesce(asked.approved_date, asked.noted_date, asked.moved_in) as clock_start,
    case when asked.approved_date is not null then asked.review_by_date end as due_date,
    min(review.meeting_date) as done_date,
    case
        when asked.approved_date is null then 'placement not approved'
        when asked.review_by_date is null then 'the day of the review is not supplied'
        else 'approved on ' || strftime(asked.approved_date, '%d/%m/%Y')
    end as detail
from asked
left join held_meeting as review
    on review.child_number = asked.child_number
    and list_contains($meetings::varchar[], review.meeting_type)
    and review.meeting_date > asked.approved_date
    and review.meeting_date >= asked.entered_care
    and review.meeting_date <= asked.as_at
group by all
