-- title: Approval before a child under section 20 ceases to be looked after
-- asks: Was the decision to cease to look after the child approved before the child left, and which requests are open?
-- why: A child under a voluntary agreement has no court to ask whether it is safe to go. An approval counts when it was asked for
--      in that period of care, and is in time by the day of leaving. No approval is needed where a court or another authority
--      decides. It has to be given by the role that the policy names: the list says who else gave one. Children who have left are
--      followed for six months; a child in care with a request has no date yet.
-- kind: milestone
-- parameters: approval_type, approvers, from_age, below_age, working_days, decided_elsewhere
-- needs: local_approvals, ssd_legal_status, ssd_cla_episodes, earlier_records
-- evidence: episodes_ended, accommodation, approvals_recorded
-- source: Permanence Planning Policy 10, Ceasing to Look after a Child
-- out of: children this applies to
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
        recorded.decision,
        who_decided(recorded.decided_by) as decided_by,
        decided_by_role(recorded.decided_by, $approvers::varchar[]) as by_the_role
    from local_approvals as recorded
    join child on child.child_id = recorded.person_id
    where recorded.approval_type = $approval_type
),

followed as (
    select as_at, child_number, left_date, entered_care, left_date as due_date
    from accommodated_leaver_on_day
    where age >= $from_age
        and age < $below_age
        and not coalesce(list_contains($decided_elsewhere::varchar[], reason), false)
        and ($working_days = 0 or working_days_after(since, $working_days) <= left_date)
    union all
    select as_at, child_number, null as left_date, entered_care, null as due_date
    from spine
),

answered as (
    select
        followed.as_at,
        followed.child_number,
        followed.left_date,
        followed.due_date,
        min(approval.asked_date) as asked_date,
        min(approval.decided_date) filter (
            where approval.decision = 'APPROVED' and approval.by_the_role and approval.decided_date <= followed.as_at
        ) as approved_date,
        arg_min({day: approval.decided_date, who: approval.decided_by}, approval.decided_date) filter (
            where approval.decision = 'APPROVED' and not approval.by_the_role and approval.decided_date <= followed.as_at
        ) as approved_elsewhere,
        coalesce(bool_or(approval.decision = 'REFUSED' and approval.decided_date <= followed.as_at), false) as refused
    from followed
    left join approval
        on approval.child_number = followed.child_number
        and approval.asked_date between followed.entered_care and followed.as_at
    group by
        followed.as_at,
        followed.child_number,
        followed.left_date,
        followed.due_date
)

select
    as_at,
    child_number,
    coalesce(left_date, asked_date) as clock_start,
    due_date,
    approved_date as done_date,
    case
        when approved_date is not null then case when left_date is null then 'approved, still in care' else 'approved' end
        when approved_elsewhere is not null
            then 'approved on ' || strftime(approved_elsewhere.day, '%d/%m/%Y') || ' by ' || approved_elsewhere.who
        when refused then 'refused'
        when asked_date is not null then 'asked for on ' || strftime(asked_date, '%d/%m/%Y')
        else 'not asked for'
    end || ' (to be approved by the ' || replace(array_to_string($approvers::varchar[], ' or '), '_', ' ') || ')' as detail
from answered
where left_date is not null or asked_date is not null
