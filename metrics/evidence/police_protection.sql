-- Police protection: the event, or the legal status L1.
select
    'local_events' as table_name,
    source_row,
    event_id as record_id,
    'Police protection' as says,
    event_date as from_date,
    null::date as to_date
from local_events
where person_id = $child_id
    and event_type = 'POLICE_PROTECTION'
    and event_date <= $as_at
union all
select
    'ssd_legal_status',
    source_row,
    lega_legal_status_id,
    'Legal status L1, police protection',
    lega_legal_status_start_date,
    lega_legal_status_end_date
from ssd_legal_status
where lega_person_id = $child_id
    and lega_legal_status = 'L1'
    and lega_legal_status_start_date <= $as_at
