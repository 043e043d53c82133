-- The changes of circumstances recorded by the day in this period of care.
select
    'local_events' as table_name,
    event.source_row,
    event.event_id as record_id,
    'Change of circumstances' || coalesce(': ' || nullif(event.detail, ''), '') as says,
    event.event_date as from_date,
    null::date as to_date
from spine
join local_events as event
    on event.person_id = spine.child_id
    and event.event_type = 'CHANGE_OF_CIRCUMSTANCES'
    and event.event_date between spine.entered_care and spine.as_at
where spine.child_id = $child_id and spine.as_at = $as_at
