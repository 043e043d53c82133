-- title: A child-in-need plan after a return home
-- asks: Did a child-in-need plan start within the set number of weeks of the child returning home?
-- why: A child who goes home is a child in need: the help has to continue at home. A plan that started shortly before the return
--      counts. A young person who leaves as an eligible child has a pathway plan instead. Followed for six months after leaving.
-- kind: milestone
-- due: clock_start
-- parameters: return_home, days, before_days, eligible_age, eligible_from_age, eligible_weeks
-- needs: local_events, ssd_cla_episodes, earlier_records
-- evidence: episodes_ended, events_recorded
-- source: Permanence Planning Policy 10, the agreed process, second point
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with returned as (
    select left_care_on_day.*
    from left_care_on_day
    join child using (child_number)
    where list_contains($return_home::varchar[], left_care_on_day.reason)
        and not coalesce(
            age_in_years(child.dob, left_care_on_day.left_date) >= $eligible_age
            and left_care_on_day.left_date - 7 * $eligible_weeks
                >= greatest(left_care_on_day.entered_care, birthday(child.dob, $eligible_from_age)),
            false
        )
)

select
    returned.as_at,
    returned.child_number,
    returned.left_date as clock_start,
    returned.left_date + $days as due_date,
    min(recorded_event.event_date) as done_date,
    null as detail
from returned
left join recorded_event
    on recorded_event.child_number = returned.child_number
    and recorded_event.event_type = 'CIN_PLAN_STARTED'
    and recorded_event.event_date between greatest(returned.left_date - $before_days, returned.entered_care) and returned.as_at
group by
    returned.as_at,
    returned.child_number,
    returned.left_date
