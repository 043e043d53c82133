-- The days on which a key stage begins or is done, one row an event.
-- term: recorded_event: Events of a child's record, such as a stability concern or an unplanned return, that have a day.
-- term: recorded_event.event_type: The kind of event.
-- term: recorded_event.event_date: The day of the event.
create or replace temp view recorded_event as
select
    child.child_number,
    event.event_type,
    event.event_date
from local_events as event
join child on child.child_id = event.person_id
where event.event_date is not null;

-- Police protection: the event, or the legal status of that name (L1).
-- term: police_protection: The days on which a child came under police protection: by the event, or by the legal status
--      of that name (L1).
-- term: police_protection.protection_date: The day on which police protection began.
create or replace temp view police_protection as
select child_number, event_date as protection_date
from recorded_event
where event_type = 'POLICE_PROTECTION'
union
select child_number, start_date
from legal_status
where code = 'L1';

-- Visits at which the child was seen, or of which nothing else is said.
-- term: visit: Visits at which the child was seen, or of which the record does not say otherwise.
-- term: visit.visit_date: The day of the visit.
create or replace temp view visit as
select distinct
    child.child_number,
    recorded.clav_cla_visit_date as visit_date
from ssd_cla_visits as recorded
join child on child.child_id = recorded.clav_person_id
where recorded.clav_cla_visit_date is not null
    and coalesce(recorded.clav_cla_visit_seen, true);

-- Returns home that nobody planned, of children in care on D (in this period of care) and of those who have left: the event, or
-- an ending of care for that reason (E4B) with no such event within a week of it. Followed for six months, like leaving care.
-- term: unplanned_return_on_day: Returns home that nobody planned, followed for six months, of children in care and of
--      those who have left.
-- term: unplanned_return_on_day.return_date: The day of the return.
create or replace temp view unplanned_return_on_day as
with followed as (
    select as_at, child_number, entered_care, null::date as left_date, null as reason
    from spine
    union all
    select as_at, child_number, entered_care, left_date, reason
    from left_care_on_day
),

told as (
    select
        followed.as_at,
        followed.child_number,
        event.event_date as return_date
    from followed
    join recorded_event as event
        on event.child_number = followed.child_number
        and event.event_type = 'UNPLANNED_RETURN'
        and event.event_date between followed.entered_care and followed.as_at
)

select as_at, child_number, return_date
from told
where months_after(return_date, 6) > as_at
union
select
    followed.as_at,
    followed.child_number,
    followed.left_date as return_date
from followed
anti join told
    on told.as_at = followed.as_at
    and told.child_number = followed.child_number
    and abs(told.return_date - followed.left_date) <= 7
where followed.reason = 'E4B';

-- Children who left care in the last six months and were accommodated on the last day in it: since when.
-- term: accommodated_leaver_on_day: Children who left care in the last six months and were under section 20 on the last day in it.
-- term: accommodated_leaver_on_day.left_date: The day on which care ended.
-- term: accommodated_leaver_on_day.reason: The reason for which care ended, as the extract of episodes codes it.
-- term: accommodated_leaver_on_day.age: The child's age in whole years on that day.
-- term: accommodated_leaver_on_day.since: Since when the child had been under section 20, or entry to care, if later.
create or replace temp view accommodated_leaver_on_day as
select
    gone.as_at,
    gone.child_number,
    gone.cla_id,
    gone.left_date,
    gone.entered_care,
    gone.reason,
    age_in_years(child.dob, gone.left_date) as age,
    greatest(min(run.since), gone.entered_care) as since
from left_care_on_day as gone
join child using (child_number)
join legal_status_run as run
    on run.child_number = gone.child_number
    and run.accommodated
    and status_in_force(run.start_date, run.end_date, run.later_orders, gone.left_date - 1)
group by
    gone.as_at,
    gone.child_number,
    gone.cla_id,
    gone.left_date,
    gone.entered_care,
    gone.reason,
    child.dob;

-- term: leaver_decided_here_on_day: Of accommodated_leaver_on_day, those whose leaving the council itself decides: at the older age; younger
--      after so many working days under section 20, and not for an unplanned reason; and not for a reason that others decide.
-- term: leaver_decided_here_on_day.*: the columns of accommodated_leaver_on_day
create or replace temp macro leaver_decided_here_on_day(_older_age, _working_days, _unplanned, _decided_elsewhere) as table
select gone.*
from accommodated_leaver_on_day as gone
where not coalesce(list_contains(_decided_elsewhere::varchar[], gone.reason), false)
    and (
        gone.age >= _older_age
        or (
            gone.age < _older_age
            and working_days_after(gone.since, _working_days) <= gone.left_date
            and not coalesce(list_contains(_unplanned::varchar[], gone.reason), false)
        )
    );
