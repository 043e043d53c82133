-- Concerns about a placement's stability, and their being resolved.
select
    'local_events' as table_name,
    source_row,
    event_id as record_id,
    case event_type when 'STABILITY_CONCERN' then 'Stability concern' else 'Stability concern resolved' end
        || coalesce('; ' || nullif(detail, ''), '') as says,
    event_date as from_date,
    null::date as to_date
from local_events
where person_id = $child_id
    and event_type in ('STABILITY_CONCERN', 'STABILITY_RESOLVED')
    and event_date <= $as_at
