-- title: Approval before a child under section 20 ceases to be looked after
-- asks: Was the decision to cease to look after the child approved before the child left, and which requests are open?
-- why: A child under a voluntary agreement has no court to ask whether it is safe to go. An approval counts when it was asked for
--      in that period of care, and is in time by the day of leaving. No approval is needed where a court or another authority
--      decides. Children who have left are followed for six months; a child in care with a request has no date yet.
-- kind: milestone
-- parameters: approval_type, from_age, below_age, working_days, decided_elsewhere
-- needs: local_approvals, ssd_legal_status, ssd_cla_episodes
-- evidence: episodes_ended, accommodation, approvals_recorded
-- source: Permanence Planning Policy 10, Ceasing to Look after a Child
-- out of: children of whom this is asked
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with approval as (
    select
        child.child_number,
        coalesce(recorded.requested_date, recorded.decided_date) as asked_date,
        recorded.decided_date,
        recorded.decision
    from local_approvals as recorded
    join child on child.child_id = recorded.person_id
    where recorded.approval_type = $approval_type
),

accommodated as (
    select
        left_care_on_day.as_at,
        left_care_on_day.child_number,
        left_care_on_day.left_date,
        left_care_on_day.entered_care,
        greatest(min(run.since), left_care_on_day.entered_care) as since
    from left_care_on_day
    join child using (child_number)
    join legal_status_run as run
        on run.child_number = left_care_on_day.child_number
        and run.accommodated
        and in_force(run.start_date, run.end_date, left_care_on_day.left_date - 1)
    where age_in_years(child.dob, left_care_on_day.left_date) >= $from_age
        and age_in_years(child.dob, left_care_on_day.left_date) < $below_age
        and not coalesce(list_contains($decided_elsewhere::varchar[], left_care_on_day.reason), false)
    group by
        left_care_on_day.as_at,
        left_care_on_day.child_number,
        left_care_on_day.left_date,
        left_care_on_day.entered_care
),

followed as (
    select *, left_date as due_date
    from accommodated
    where $working_days = 0 or working_days_after(since, $working_days) <= left_date
    union all
    select as_at, child_number, null as left_date, entered_care, entered_care as since, null as due_date
    from spine
)

select
    followed.as_at,
    followed.child_number,
    coalesce(followed.left_date, min(approval.asked_date)) as clock_start,
    followed.due_date,
    min(approval.decided_date) filter (
        where approval.decision = 'APPROVED' and approval.decided_date <= followed.as_at
    ) as done_date,
    case
        when bool_or(approval.decision = 'APPROVED' and approval.decided_date <= followed.as_at)
            then case when followed.left_date is null then 'approved, still in care' else 'approved' end
        when bool_or(approval.decision = 'REFUSED' and approval.decided_date <= followed.as_at) then 'refused'
        when min(approval.asked_date) is not null then 'asked for on ' || strftime(min(approval.asked_date), '%d/%m/%Y')
        else 'not asked for'
    end as detail
from followed
left join approval
    on approval.child_number = followed.child_number
    and approval.asked_date between followed.entered_care and followed.as_at
group by
    followed.as_at,
    followed.child_number,
    followed.left_date,
    followed.due_date
having followed.left_date is not null or min(approval.asked_date) is not null
