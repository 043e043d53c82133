-- Legal planning meetings by the day.
select
    'local_meetings' as table_name,
    source_row,
    meeting_id as record_id,
    'Legal planning meeting, ' || lower(coalesce(meeting_status, 'held')) as says,
    meeting_date as from_date,
    null::date as to_date
from local_meetings
where person_id = $child_id
    and meeting_type = 'LEGAL_PLANNING'
    and meeting_date <= $as_at
