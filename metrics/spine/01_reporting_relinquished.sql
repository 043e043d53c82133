-- Babies whose parents relinquish them matter too, born or unborn, before they are in care.
insert into child
select
    person.rowid as child_number,
    person.pers_person_id as child_id,
    person.pers_dob as dob,
    person.pers_death_date as death_date
from ssd_person as person
where person.pers_person_id in (
    select event.person_id
    from local_events as event
    where event.event_type = 'RELINQUISHMENT'
        and event.event_date <= (select max(as_at) from reporting_dates)
)
    and person.pers_person_id not in (select child_id from child);
