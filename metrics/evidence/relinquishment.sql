-- The parents' word that they relinquish the child, and that they take it back.
select
    'local_events' as table_name,
    source_row,
    event_id as record_id,
    case when event_type = 'RELINQUISHMENT' then 'Relinquishment' else 'Relinquishment withdrawn' end
        || coalesce('; ' || nullif(detail, ''), '') as says,
    event_date as from_date,
    null::date as to_date
from local_events
where person_id = $child_id
    and event_type in ('RELINQUISHMENT', 'RELINQUISHMENT_WITHDRAWN')
    and event_date <= $as_at
