-- Who has a meeting due, overdue or booked (meetings.sql), with what else is known of each child in care.
select
    listed.as_at,
    listed.rule,
    listed.child_id,
    person.pers_legacy_id as legacy_id,
    person.name,
    age_in_years(person.pers_dob, listed.as_at) as age,
    listed.service,
    listed.team,
    listed.worker,
    listed.state,
    listed.since,
    listed.limit_date as due_date,
    listed.as_at - listed.limit_date as days_over,
    listed.detail as reason,
    listed.booked_date,
    meeting_code.label as booked_meeting,
    listed.chair,
    spine.plan_shown as plan,
    spine.legal_statuses as legal_status,
    case
        when person.rowid is null then null
        when spine.placement_known then spine.placement_type
        else 'not known'
    end as placement,
    spine.last_review_date
from meeting_due as listed
join spine using (as_at, child_number)
left join ssd_person as person on person.rowid = listed.child_number
left join codes as meeting_code
    on meeting_code.code_set = 'meeting_type' and meeting_code.code = listed.meeting_type
order by listed.limit_date nulls last, listed.booked_date, length(listed.child_id), listed.child_id, listed.child_number, listed.rule
