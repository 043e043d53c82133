-- Who has a meeting due, overdue or booked, by rule: the standing of each child on the rules that end in a meeting, with the next such
-- meeting that is booked for a day after the reporting date. What stands in single braces are the house's own texts, never input.
with restricted as ({restricted}),

kind as (
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
            {{meeting_date: meeting.meeting_date, meeting_type: meeting.meeting_type, chair: meeting.chair}},
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
    case when hidden then '{restricted_record}' else listed.child_id end as child_id,
    case when not hidden then person.pers_legacy_id end as legacy_id,
    case when not hidden then trim(concat_ws(' ', person.pers_forename, person.pers_surname)) end as name,
    case when not hidden then age_in_years(person.pers_dob, listed.as_at) end as age,
    listed.service,
    listed.team,
    case when hidden then '{restricted_record}' else listed.worker end as worker,
    listed.state,
    listed.since,
    listed.limit_date as due_date,
    listed.as_at - listed.limit_date as days_over,
    case when not hidden then listed.detail end as reason,
    booked.next_meeting.meeting_date as booked_date,
    case when not hidden then meeting_code.label end as booked_meeting,
    case when not hidden then booked.next_meeting.chair end as chair,
    case when not hidden then spine.plan_shown end as plan,
    case when not hidden then spine.legal_statuses end as legal_status,
    case
        when hidden then null
        when spine.placement_known then spine.placement_type || ' ' || coalesce(placement_code.label, '')
        else 'not known'
    end as placement,
    case when not hidden then spine.last_review_date end as last_review_date
from milestone as listed
join spine using (as_at, child_number)
join ssd_person as person on person.rowid = listed.child_number
left join booked
    on booked.rule = listed.rule
    and booked.person_id = listed.child_id
left join codes as meeting_code
    on meeting_code.code_set = 'meeting_type' and meeting_code.code = booked.next_meeting.meeting_type
left join codes as placement_code
    on placement_code.code_set = 'placement_type' and placement_code.code = spine.placement_type
cross join lateral (select listed.child_id in (select person_id from restricted) as hidden)
where listed.policy = $policy_id
    and listed.as_at = $as_at
    and listed.rule in (select rule from kind)
    and (listed.state in ('overdue', 'due') or booked.next_meeting is not null)
    and {within}
order by listed.limit_date nulls last, booked_date, length(listed.child_id), listed.child_id, listed.rule
