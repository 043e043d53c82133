-- Meetings of the Permanence Monitoring Group about the child by the day: those held, and what became of the others.
select
    'local_meetings' as table_name,
    source_row,
    meeting_id as record_id,
    'Permanence Monitoring Group, ' || lower(coalesce(meeting_status, 'held')) || coalesce('; ' || nullif(outcome, ''), '') as says,
    meeting_date as from_date,
    null::date as to_date
from local_meetings
where person_id = $child_id
    and meeting_type = 'PMG'
    and (meeting_date <= $as_at or coalesce(meeting_status, 'HELD') != 'HELD')
