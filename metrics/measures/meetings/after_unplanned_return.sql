-- title: What must follow an unplanned return home
-- asks: Was this done within so many days, or so many working days, of an unplanned return home?
-- why: A child who has gone home without a plan may not be safe there. The return is an event of that kind, or the reason
--      care ended (E4B). The period is in days or in working days; the other of the two is 0. Asked of children below an age on the
--      day of the return. Followed for six months.
-- kind: milestone
-- due: clock_start
-- parameters: event_type, days, working_days, below_age
-- needs: local_events, ssd_cla_episodes, earlier_records
-- evidence: episodes_ended, events_recorded
-- source: Permanence Planning Policy 10, the agreed process, last point
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    returned.as_at,
    returned.child_number,
    returned.return_date as clock_start,
    case
        when $working_days > 0 then working_days_after(returned.return_date, $working_days)
        else returned.return_date + $days
    end as due_date,
    min(recorded_event.event_date) as done_date,
    null as detail
from unplanned_return_on_day as returned
join child
    on child.child_number = returned.child_number
    and age_in_years(child.dob, returned.return_date) < $below_age
left join recorded_event
    on recorded_event.child_number = returned.child_number
    and recorded_event.event_type = $event_type
    and recorded_event.event_date between returned.return_date and returned.as_at
group by
    returned.as_at,
    returned.child_number,
    returned.return_date
