-- title: Placed with parents: the arrangement reviewed
-- asks: Has each placement with parents under a care order been reviewed in time?
-- why: The arrangement is reviewed until the care order is discharged. The clock runs from the move or the ratification, whichever is
--      later, and from each review after that.
-- kind: milestone
-- due: clock_start
-- parameters: review_months, meetings, approvers
-- needs: ssd_cla_placement, ssd_legal_status, local_meetings, earlier_records
-- uses: local_approvals
-- evidence: episode, placement, legal_statuses, approvals_recorded, planning_meetings
-- source: Permanency Planning Practice Guidance 4, Remaining at home/Reunification home, Care Order
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with reviewed as (
    select
        at_home.as_at,
        at_home.child_number,
        at_home.moved_in,
        at_home.last_ratified_date,
        max(review.meeting_date) as review_date
    from with_parents_on_day($approvers::varchar[]) as at_home
    left join held_meeting as review
        on review.child_number = at_home.child_number
        and list_contains($meetings::varchar[], review.meeting_type)
        and review.meeting_date between at_home.moved_in and at_home.as_at
    group by all
)

select
    as_at,
    child_number,
    greatest(moved_in, last_ratified_date, review_date) as clock_start,
    months_after(greatest(moved_in, last_ratified_date, review_date), $review_months) as due_date,
    null::date as done_date,
    case
        when greatest(last_ratified_date, review_date) > moved_in then 'since the last review by the panel'
        else 'since the move'
    end as detail
from reviewed
