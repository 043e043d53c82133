-- title: Return home authorised
-- asks: Was each return home authorised by one of the roles that the policy names, before the child went?
-- why: A child should not go home without somebody senior who has read the assessment. Both ways home count: leaving care to return home,
--      and moving to the parents while looked after. Who lived with the parents when care ended had gone home before, on the day of that
--      move; who has lived there since entry to care did not return. An approval is in time by the day of the move; one for another
--      placement does not count. The list says who else gave one. Children who have left are followed for six months.
-- kind: milestone
-- parameters: approval_types, approvers, reasons, weeks_before
-- needs: local_approvals, ssd_cla_episodes, ssd_cla_placement, earlier_records
-- evidence: episodes_ended, placement, approvals_recorded
-- source: Slough Permanence Policy 7.2, Assessment
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with with_parents as (
    select
        lived_in.child_number,
        lived_in.home_number,
        lived_in.home_start,
        min(lived_in.placement_row) as placement_row
    from home_placement as lived_in
    join codes
        on codes.code_set = 'placement_type'
        and codes.code = lived_in.placement_type
        and list_contains(codes.groups, 'with_parents')
    group by all
),

-- The home in which a child who left care lived on the last day in it.
last_home as (
    select
        gone.as_at,
        gone.child_number,
        arg_max(lived_in.home_number, lived_in.turn) as home_number
    from left_care_on_day as gone
    join home_placement as lived_in
        on lived_in.child_number = gone.child_number
        and in_force(lived_in.start_date, lived_in.end_date, gone.left_date - 1)
    group by all
),

returned as (
    select
        gone.as_at,
        gone.child_number,
        coalesce(with_parents.home_start, gone.left_date) as home_date,
        with_parents.placement_row,
        'left care' as how
    from left_care_on_day as gone
    left join last_home using (as_at, child_number)
    left join with_parents
        on with_parents.child_number = gone.child_number
        and with_parents.home_number = last_home.home_number
    where list_contains($reasons::varchar[], gone.reason)
        and (with_parents.home_start is null or with_parents.home_start > gone.entered_care)
    union all
    select spine.as_at, spine.child_number, lived_in.home_start, spine.placement_row, 'placed with parents'
    from spine
    join home_placement as lived_in using (placement_row)
    join codes
        on codes.code_set = 'placement_type'
        and codes.code = spine.placement_type
        and list_contains(codes.groups, 'with_parents')
    where lived_in.home_start > spine.entered_care
),

approval as (
    select
        child.child_number,
        recorded.placement_id,
        recorded.decided_date,
        who_decided(recorded.decided_by) as decided_by,
        decided_by_role(recorded.decided_by, $approvers::varchar[]) as by_the_role
    from local_approvals as recorded
    join child on child.child_id = recorded.person_id
    where list_contains($approval_types::varchar[], recorded.approval_type)
        and recorded.decision = 'APPROVED'
        and recorded.decided_date is not null
),

answered as (
    select
        returned.as_at,
        returned.child_number,
        returned.home_date,
        returned.how,
        min(approval.decided_date) filter (where approval.by_the_role) as approved_date,
        arg_min({day: approval.decided_date, who: approval.decided_by}, approval.decided_date) filter (
            where not approval.by_the_role
        ) as approved_elsewhere
    from returned
    left join home_placement as lived_in using (placement_row)
    left join approval
        on approval.child_number = returned.child_number
        and approval.decided_date between returned.home_date - 7 * $weeks_before and returned.as_at
        and (approval.placement_id is null or returned.placement_row is null or approval.placement_id in (
            select part.placement_id
            from home_placement as part
            where part.child_number = lived_in.child_number and part.home_number = lived_in.home_number
        ))
    group by all
)

select
    as_at,
    child_number,
    home_date as clock_start,
    home_date as due_date,
    approved_date as done_date,
    how || '; ' || case
        when approved_date is not null then 'authorised'
        when approved_elsewhere is not null
            then 'approved on ' || strftime(approved_elsewhere.day, '%d/%m/%Y') || ' by ' || approved_elsewhere.who
        else 'not authorised'
    end || ' (to be authorised by the ' || replace(array_to_string($approvers::varchar[], ' or '), '_', ' ') || ')' as detail
from answered
