-- title: The request form after care ended unplanned
-- asks: Was the form that asks for approval to cease looking after a child completed where care ended unplanned?
-- why: On an unplanned return nobody asked beforehand, and somebody senior still has to know of it. The ending is unplanned by its reason, or
--      by the event of an unplanned return within a week of it. A request made in that period of care or since counts. Asked of children
--      below an age on the day on which they left. The document gives no period: shown as done or not. Followed for six months.
-- kind: milestone
-- parameters: approval_type, below_age, unplanned
-- needs: local_approvals, ssd_cla_episodes, earlier_records
-- uses: local_events
-- evidence: episodes_ended, events_recorded, approvals_recorded
-- source: Permanence Planning Policy 10, the agreed process under 16, last point
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-30
-- next_review: 2027-11-30
-- low_is_good: true
select
    gone.as_at,
    gone.child_number,
    gone.left_date as clock_start,
    null::date as due_date,
    min(coalesce(approval.requested_date, approval.decided_date)) as done_date,
    null as detail
from left_care_on_day as gone
join child
    on child.child_number = gone.child_number
    and age_in_years(child.dob, gone.left_date) < $below_age
left join local_approvals as approval
    on approval.person_id = child.child_id
    and approval.approval_type = $approval_type
    and coalesce(approval.requested_date, approval.decided_date) between gone.entered_care and gone.as_at
where coalesce(list_contains($unplanned::varchar[], gone.reason), false)
    or exists (
        select 1
        from recorded_event
        where recorded_event.child_number = gone.child_number
            and recorded_event.event_type = 'UNPLANNED_RETURN'
            and recorded_event.event_date between gone.entered_care and gone.as_at
            and abs(recorded_event.event_date - gone.left_date) <= 7
    )
group by gone.as_at, gone.child_number, gone.left_date
