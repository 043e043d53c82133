-- title: Done before leaving care
-- asks: Was everything that this asks for, such as an assessment, recorded before an accommodated child left care?
-- why: Leaving care is decided on an assessment, and goes well with a plan, so both come first. Each counts from so many weeks before the
--      day of leaving on; one after that day is late. Leaving for other reasons than those named (none named: any), or for one that a
--      court or another authority decides, is not asked about. With working days, only a child who had been under section 20 for
--      so many is. In the place of the event types of pathway_plan_for, a pathway plan counts by the day of its latest review, the only
--      one recorded. Followed for six months.
-- kind: milestone
-- parameters: event_types, weeks, from_age, below_age, working_days, reasons, decided_elsewhere, pathway_plan_for
-- needs: local_events, ssd_legal_status, ssd_cla_episodes, earlier_records
-- uses: ssd_care_leavers
-- evidence: episodes_ended, accommodation, events_recorded, pathway_plan
-- source: Permanence Planning Policy 10, Ceasing to Look after a Child
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with gone as (
    select
        as_at,
        child_number,
        left_date,
        greatest(left_date - 7 * $weeks, entered_care) as earliest_date,
        unnest($event_types::varchar[]) as event_type
    from accommodated_leaver_on_day
    where age >= $from_age
        and age < $below_age
        and (len($reasons::varchar[]) = 0 or list_contains($reasons::varchar[], reason))
        and not coalesce(list_contains($decided_elsewhere::varchar[], reason), false)
        and ($working_days = 0 or working_days_after(since, $working_days) <= left_date)
),

assessed as (
    select
        gone.as_at,
        gone.child_number,
        gone.left_date,
        gone.event_type,
        codes.label || case when list_contains($pathway_plan_for::varchar[], gone.event_type) then ' or pathway plan' else '' end as label,
        least(min(event.event_date), min(leaver.clea_pathway_plan_review_date)) as assessed_date
    from gone
    join child on child.child_number = gone.child_number
    join codes on codes.code_set = 'event_type' and codes.code = gone.event_type
    left join recorded_event as event
        on event.child_number = gone.child_number
        and event.event_type = gone.event_type
        and event.event_date between gone.earliest_date and gone.as_at
    left join ssd_care_leavers as leaver
        on leaver.clea_person_id = child.child_id
        and list_contains($pathway_plan_for::varchar[], gone.event_type)
        and leaver.clea_pathway_plan_review_date between gone.earliest_date and gone.as_at
    group by all
)

select
    as_at,
    child_number,
    left_date as clock_start,
    left_date as due_date,
    case when bool_and(assessed_date is not null) then max(assessed_date) end as done_date,
    coalesce(
        'not recorded: ' || string_agg(label, ', ' order by event_type) filter (where assessed_date is null),
        'recorded'
    ) as detail
from assessed
group by
    as_at,
    child_number,
    left_date
