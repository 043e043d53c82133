-- What is coming (events.sql), with what else is known of each child.
select
    event.as_at,
    event.kind,
    event.record_id,
    event.child_id,
    person.pers_legacy_id as legacy_id,
    person.name,
    event.service,
    event.team,
    event.worker,
    event.event_date,
    event.state,
    event.what,
    event.detail,
    event.booked_date,
    event.policy
from calendar_event as event
left join ssd_person as person on person.rowid = event.child_number
order by event.event_date, event.kind, length(event.child_id), event.child_id, event.child_number, event.what, event.policy
