-- The next planning meeting that is booked for each child on the lists.
select
    listed.child_id,
    min(meeting.meeting_date) as booked_date
from listed
join local_meetings as meeting
    on meeting.person_id = listed.child_id
    and list_contains($meetings::varchar[], meeting.meeting_type)
    and meeting.meeting_status = 'BOOKED'
    and meeting.meeting_date >= $as_at
where listed.policy = $policy_id
    and listed.rule = any($rules::varchar[])
    and listed.as_at = $as_at
group by all
