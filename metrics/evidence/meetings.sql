-- The child's meetings of some types by the day, and those booked or cancelled.
select
    'local_meetings' as table_name,
    meeting.source_row,
    meeting.meeting_id as record_id,
    codes.label || ', ' || lower(coalesce(meeting.meeting_status, 'held'))
        || coalesce('; ' || nullif(meeting.outcome, ''), '') as says,
    meeting.meeting_date as from_date,
    null::date as to_date
from local_meetings as meeting
join codes on codes.code_set = 'meeting_type' and codes.code = meeting.meeting_type
where meeting.person_id = $child_id
    and (len($meeting_types::varchar[]) = 0 or list_contains($meeting_types::varchar[], meeting.meeting_type))
    and (meeting.meeting_date <= $as_at or coalesce(meeting.meeting_status, 'HELD') != 'HELD')
