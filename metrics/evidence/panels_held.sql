-- The practice and resources panels held by the day, and those booked or cancelled.
select
    'local_meetings' as table_name,
    meeting.source_row,
    meeting.meeting_id as record_id,
    codes.label || ', ' || lower(coalesce(meeting.meeting_status, 'held')) as says,
    meeting.meeting_date as from_date,
    null::date as to_date
from local_meetings as meeting
join codes on codes.code_set = 'meeting_type' and codes.code = meeting.meeting_type
where meeting.person_id = $child_id
    and meeting.meeting_type = 'PARP'
    and (meeting.meeting_date <= $as_at or meeting.meeting_status = 'BOOKED')
