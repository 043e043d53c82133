-- The legal status V2 (accommodated under section 20), as recorded by the day.
select
    'ssd_legal_status' as table_name,
    source_row,
    lega_legal_status_id as record_id,
    'Legal status V2, accommodated under section 20' as says,
    lega_legal_status_start_date as from_date,
    case when lega_legal_status_end_date <= $as_at then lega_legal_status_end_date end as to_date
from ssd_legal_status
where lega_person_id = $child_id
    and lega_legal_status = 'V2'
    and lega_legal_status_start_date <= $as_at
