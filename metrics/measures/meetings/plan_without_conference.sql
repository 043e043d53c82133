-- title: A plan with no family group conference before it
-- asks: Which children have a permanence plan with no family group conference or network meeting held, offered or declined before their
--      first one?
-- why: A conference lets the family find its own answer before a plan is agreed. It counts when it was held, offered or declined
--      before the first plan of this period of care, or on that day, and no more than the set weeks before entry. A plan that is typed
--      again neither mends nor starts the breach: the clock is the start, recorded or observed, of the first option of this period of
--      care. The detail names one that came too late or too early.
-- kind: measure
-- parameters: meetings, statuses, weeks_before_entry
-- needs: local_meetings, ssd_cla_care_plan, plan_starts
-- evidence: episode, plans, family_conferences
-- source: Slough Permanence Policy 4, eighth aim
-- out of: children with a permanence option in their plan
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with planned as (
    select
        spine.as_at,
        spine.child_number,
        spine.child_id,
        spine.entered_care,
        first_plan.first_date as plan_start
    from spine
    join first_plan_on_day as first_plan using (as_at, child_number)
    where len(spine.options) > 0
),

conference as (
    select
        planned.as_at,
        planned.child_number,
        bool_or(
            meeting.meeting_date between planned.entered_care - 7 * $weeks_before_entry and planned.plan_start
        ) as before_plan,
        max(meeting.meeting_date) filter (
            where meeting.meeting_date < planned.entered_care - 7 * $weeks_before_entry
        ) as before_care_date,
        min(meeting.meeting_date) filter (where meeting.meeting_date > planned.plan_start) as too_late_date
    from planned
    join local_meetings as meeting
        on meeting.person_id = planned.child_id
        and list_contains($meetings::varchar[], meeting.meeting_type)
        and list_contains($statuses::varchar[], coalesce(meeting.meeting_status, 'HELD'))
        and meeting.meeting_date <= planned.as_at
    group by all
)

select
    planned.as_at,
    planned.child_number,
    greatest(planned.plan_start, planned.entered_care) as clock_start,
    case
        when conference.too_late_date is not null
            then 'first on ' || strftime(conference.too_late_date, '%d/%m/%Y') || ', after the first plan'
        when conference.before_care_date is not null
            then 'last on ' || strftime(conference.before_care_date, '%d/%m/%Y') || ', long before this period of care'
        else 'none'
    end as detail
from planned
left join conference using (as_at, child_number)
where not coalesce(conference.before_plan, false)
