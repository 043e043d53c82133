-- The parents' word that they relinquish the child.
select
    'local_events' as table_name,
    source_row,
    event_id as record_id,
    'Relinquishment' || coalesce('; ' || nullif(detail, ''), '') as says,
    event_date as from_date,
    null::date as to_date
from local_events
where person_id = $child_id
    and event_type = 'RELINQUISHMENT'
    and event_date <= $as_at
