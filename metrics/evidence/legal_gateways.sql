-- Legal gateway meetings by the day: those held, and what became of the others.
select
    'local_meetings' as table_name,
    source_row,
    meeting_id as record_id,
    'Legal gateway meeting, ' || lower(coalesce(meeting_status, 'held')) || coalesce('; ' || nullif(outcome, ''), '') as says,
    meeting_date as from_date,
    null::date as to_date
from local_meetings
where person_id = $child_id
    and meeting_type = 'LEGAL_GATEWAY'
    and (meeting_date <= $as_at or coalesce(meeting_status, 'HELD') != 'HELD')
