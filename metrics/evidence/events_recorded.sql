-- The events of the last six months before the day.
select
    'local_events' as table_name,
    source_row,
    event_id as record_id,
    lower(replace(event_type, '_', ' ')) || coalesce('; ' || nullif(detail, ''), '') as says,
    event_date as from_date,
    null::date as to_date
from local_events
where person_id = $child_id
    and event_date <= $as_at
    and months_after(event_date, 7) > $as_at
