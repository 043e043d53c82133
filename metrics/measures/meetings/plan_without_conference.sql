-- title: A plan with no family group conference before it
-- asks: Which children have a permanence plan with no family group conference held before it?
-- why: A conference lets the family find its own answer before a plan is agreed. It counts when it was held before the
--      day the current plan started, and in this period of care (or so many weeks before entry as the policy allows). The detail
--      names one that was held too late or too early.
-- kind: measure
-- parameters: meetings, weeks_before_entry
-- needs: local_meetings, ssd_cla_care_plan
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
        spine.entered_care,
        plan.start_date as plan_start
    from spine
    join plan on plan.plan_row = spine.plan_row
    where len(spine.options) > 0
),

conference as (
    select
        planned.as_at,
        planned.child_number,
        bool_or(
            held.meeting_date >= planned.entered_care - 7 * $weeks_before_entry
            and held.meeting_date < planned.plan_start
        ) as before_plan,
        max(held.meeting_date) filter (
            where held.meeting_date < planned.entered_care - 7 * $weeks_before_entry
        ) as before_care_date,
        min(held.meeting_date) filter (where held.meeting_date >= planned.plan_start) as too_late_date
    from planned
    join held_meeting as held
        on held.child_number = planned.child_number
        and list_contains($meetings::varchar[], held.meeting_type)
        and held.meeting_date <= planned.as_at
    group by all
)

select
    planned.as_at,
    planned.child_number,
    greatest(planned.plan_start, planned.entered_care) as clock_start,
    case
        when conference.too_late_date is not null
            then 'held on ' || strftime(conference.too_late_date, '%d/%m/%Y') || ', not before the plan'
        when conference.before_care_date is not null
            then 'held on ' || strftime(conference.before_care_date, '%d/%m/%Y') || ', before this period of care'
        else 'none held'
    end as detail
from planned
left join conference using (as_at, child_number)
where not coalesce(conference.before_plan, false)
