-- title: Head of service review of an unregistered placement
-- asks: Has the head of service reviewed this placement within the last week?
-- why: A child whose home is not registered is looked at every week until the placement changes or is regulated. Who
--      lives with a carer who is not approved is looked at as the approval says, by another rule.
-- kind: milestone
-- due: clock_start
-- parameters: every_weeks
-- needs: local_meetings, local_approvals, ssd_cla_placement, earlier_records
-- evidence: episode, placement, approvals_recorded, planning_meetings
-- source: Permanency Planning Practice Guidance 5, Unregistered Placements, second bullet
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with irregular as (
    select
        spine.as_at,
        spine.child_number,
        home_on_day.home_start as moved_in
    from spine
    join irregular_placement
        on irregular_placement.placement_row = spine.placement_row
        and irregular_placement.unregistered_date <= spine.as_at
    join home_on_day using (as_at, child_number)
),

reviewed as (
    select
        irregular.as_at,
        irregular.child_number,
        irregular.moved_in,
        max(held_meeting.meeting_date) as review_date
    from irregular
    left join held_meeting
        on held_meeting.child_number = irregular.child_number
        and held_meeting.meeting_type = 'HOS_REVIEW'
        and held_meeting.meeting_date between irregular.moved_in and irregular.as_at
    group by all
)

select
    as_at,
    child_number,
    coalesce(review_date, moved_in) as clock_start,
    coalesce(review_date, moved_in) + $every_weeks::integer * 7 as due_date,
    null::date as done_date,
    case when review_date is null then 'not reviewed since the move' else 'last reviewed by the head of service' end as detail
from reviewed
