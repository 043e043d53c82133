-- The ceremony that celebrated the adoption order, if it had been held by the day.
select
    'local_events' as table_name,
    source_row,
    event_id as record_id,
    'Adoption ceremony' || coalesce('; ' || nullif(detail, ''), '') as says,
    event_date as from_date,
    null::date as to_date
from local_events
where person_id = $child_id
    and event_type = 'ADOPTION_CEREMONY'
    and event_date <= $as_at
