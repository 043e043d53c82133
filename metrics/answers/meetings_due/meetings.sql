-- Who has a meeting due, overdue or booked, by rule: the standing of each child on the rules that end in a meeting, with the next such
-- meeting that is booked for a day after the reporting date.
with kind as (
    select
        entry.rule,
        entry.meeting_type
    from (select unnest($kinds::struct(rule varchar, meeting_type varchar)[]) as entry)
),

booked as (
    select
        kind.rule,
        meeting.person_id,
        arg_min(
            {meeting_date: meeting.meeting_date, meeting_type: meeting.meeting_type, chair: meeting.chair},
            (meeting.meeting_date, length(meeting.meeting_id), meeting.meeting_id)
        ) as next_meeting
    from local_meetings as meeting
    join kind using (meeting_type)
    where meeting.meeting_status = 'BOOKED'
        and meeting.meeting_date > $as_at
    group by all
)

select
    listed.as_at,
    listed.rule,
    listed.child_number,
    listed.child_id,
    listed.service,
    listed.team,
    listed.worker,
    listed.state,
    listed.since,
    listed.limit_date,
    listed.detail,
    booked.next_meeting.meeting_date as booked_date,
    booked.next_meeting.meeting_type as meeting_type,
    booked.next_meeting.chair as chair
from milestone as listed
left join booked
    on booked.rule = listed.rule
    and booked.person_id = listed.child_id
where listed.policy = $policy_id
    and listed.as_at = $as_at
    and listed.rule in (select rule from kind)
    and (listed.state in ('overdue', 'due') or booked.next_meeting is not null)
