-- The placement order's rows: among the legal statuses, and under permanence.
select
    'ssd_legal_status' as table_name,
    status.source_row,
    status.lega_legal_status_id as record_id,
    'Legal status E1, placement order' as says,
    status.lega_legal_status_start_date as from_date,
    status.lega_legal_status_end_date as to_date
from ssd_legal_status as status
where status.lega_person_id = $child_id
    and status.lega_legal_status = 'E1'
    and status.lega_legal_status_start_date <= $as_at
union all
select
    'ssd_permanence' as table_name,
    permanence.source_row,
    permanence.perm_table_id as record_id,
    'Placement order under permanence'
        || case when permanence.perm_decision_reversed_date <= $as_at
            then '; decision reversed on ' || strftime(permanence.perm_decision_reversed_date, '%d/%m/%Y') else '' end as says,
    permanence.perm_placement_order_date as from_date,
    null as to_date
from ssd_permanence as permanence
where permanence.perm_person_id = $child_id
    and permanence.perm_placement_order_date <= $as_at
