-- The legal statuses in force on the day.
select
    'ssd_legal_status' as table_name,
    status.source_row,
    status.lega_legal_status_id as record_id,
    'Legal status ' || status.lega_legal_status as says,
    status.lega_legal_status_start_date as from_date,
    status.lega_legal_status_end_date as to_date
from ssd_legal_status as status
where status.lega_person_id = $child_id
    and status.lega_legal_status is not null
    and in_force(status.lega_legal_status_start_date, status.lega_legal_status_end_date, $as_at)
