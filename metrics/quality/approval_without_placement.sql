-- An approval of a child in care that says what a placement is, an emergency, unregistered or unapproved one, and is about none of the
-- child's. No rule about such placements can ask about it.
select
    'local_approvals' as table_name,
    approval.source_row,
    approval.approval_id as record_id,
    approval.person_id,
    'Approval of an ' || lower(approval.approval_type) || ' placement'
        || coalesce(' on ' || strftime(least(approval.requested_date, approval.decided_date), '%d/%m/%Y'), '')
        || case
            when approval.placement_id is not null then ' that names ' || approval.placement_id || ', which is no placement of the child'
            else ' that names no placement, and none of the child began within a week of it'
        end || ': no rule on such placements asks about it' as message,
    'Record the placement (placement_id) that the approval is about.' as mend
from local_approvals as approval
join spine_tonight as spine
    on spine.child_id = approval.person_id
    and coalesce(least(approval.requested_date, approval.decided_date) between spine.entered_care and spine.as_at, true)
where approval.approval_type in ('EMERGENCY', 'UNREGISTERED', 'UNAPPROVED')
    and approval.source_row not in (select approval_row from placement_approval)
