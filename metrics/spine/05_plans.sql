-- Plans supersede one another permanently, in the order of start, then identifier: a plan runs from its start to its own end
-- or the next plan's start, whichever is first.
-- term: plan: The care plans, each in force until it ends or the next one begins.
-- cases: Plan
-- term: plan.start_date: The day on which the plan began.
-- term: plan.end_date: The day on which the plan ended, as the extract has it.
-- term: plan.options: The permanence options that are ticked on the plan.
-- term: plan.superseded_date: The day on which the child's next plan began.
-- term: plan.ran_until: The day until which the plan ran: its end or the next plan's start, whichever is first.
-- term: plan.shown: The plan in words.
create or replace temp table plan as
with ordered as (
    select
        child.child_number,
        plan.rowid as plan_row,
        plan.lacp_cla_care_plan_start_date as start_date,
        plan.lacp_cla_care_plan_end_date as end_date,
        plan.lacp_options as options,
        row_number() over in_turn as turn,
        lead(plan.lacp_cla_care_plan_start_date) over in_turn as superseded_date
    from ssd_cla_care_plan as plan
    join child on child.child_id = plan.lacp_person_id
    window in_turn as (
        partition by child.child_number
        order by
            plan.lacp_cla_care_plan_start_date,
            length(plan.lacp_table_id),
            plan.lacp_table_id
    )
)

select
    *,
    least(end_date, superseded_date) as ran_until,
    shown_plan(options) as shown
from ordered;

-- Within a period of care, the plans that count (started on or after entry less 28 days) and that ticked an option for a day or more.
-- term: ticked_plan: The plans of a period of care that ticked an option for a day or more. A plan from the 28 days
--      before entry counts.
-- cases: Since when there is no plan
-- term: ticked_plan.start_date: The day on which the plan began.
-- term: ticked_plan.ran_until: The day until which the plan ran.
-- term: ticked_plan.options: The permanence options that are ticked on the plan.
-- term: ticked_plan.ran_until_before: The day until which the plan before it ran.
-- term: ticked_plan.options_before: The options of the plan before it.
-- term: ticked_plan.next_ticked_date: The day on which the next such plan began.
create or replace temp table ticked_plan as
select
    period.child_number,
    period.entered_care,
    plan.plan_row,
    plan.turn,
    plan.start_date,
    plan.ran_until,
    plan.options,
    lag(plan.ran_until) over in_turn as ran_until_before,
    lag(plan.options) over in_turn as options_before,
    lead(plan.start_date) over in_turn as next_ticked_date
from period
join plan
    on plan.child_number = period.child_number
    and plan.start_date >= period.entered_care - 28
where len(plan.options) > 0
    and (plan.ran_until is null or plan.ran_until > plan.start_date)
window in_turn as (partition by period.child_number, period.entered_care order by plan.turn);

-- Since when an option has been the plan: the start of its unbroken run. A plan that ticks others and not this one breaks it,
-- and so do more than 28 days with nothing ticked. Never earlier than entry to care.
create or replace temp table option_run as
with option_ticked as (
    select
        child_number,
        entered_care,
        plan_row,
        turn,
        start_date,
        unnest(options) as option,
        options_before,
        ran_until_before
    from ticked_plan
),

numbered as (
    select
        *,
        count(*) filter (
            where options_before is null
                or not list_contains(options_before, option)
                or start_date - ran_until_before > 28
        ) over (
            partition by child_number, entered_care, option
            order by turn
        ) as run_number
    from option_ticked
)

select
    child_number,
    entered_care,
    plan_row,
    option,
    greatest(
        min(start_date) over (partition by child_number, entered_care, option, run_number),
        entered_care
    ) as since
from numbered;

-- The plan on D is the last that had started by D, if it counts for this period of care; it is current if it has not ended.
create or replace temp table plan_on_day as
select
    child_in_care.as_at,
    child_in_care.child_number,
    child_in_care.entered_care,
    plan.plan_row,
    plan.end_date is null or plan.end_date > child_in_care.as_at as is_current
from child_in_care
join plan
    on plan.child_number = child_in_care.child_number
    and plan.start_date <= child_in_care.as_at
    and (plan.superseded_date is null or plan.superseded_date > child_in_care.as_at)
    and plan.start_date >= child_in_care.entered_care - 28;

-- Since when each option on D has been the plan, as the rows of the extract record it.
create or replace temp table recorded_clock as
select
    plan_on_day.as_at,
    plan_on_day.child_number,
    plan_on_day.entered_care,
    option_run.option,
    option_run.since
from plan_on_day
join option_run
    on option_run.plan_row = plan_on_day.plan_row
    and option_run.entered_care = plan_on_day.entered_care
where plan_on_day.is_current;

-- Since when there is no plan: the day the last plan with an option ran out, if that was in this period of care.
create or replace temp table plan_ran_out as
select
    child_in_care.as_at,
    child_in_care.child_number,
    greatest(ticked_plan.ran_until, child_in_care.entered_care) as since
from child_in_care
join ticked_plan
    on ticked_plan.child_number = child_in_care.child_number
    and ticked_plan.entered_care = child_in_care.entered_care
    and ticked_plan.ran_until <= child_in_care.as_at
    and (ticked_plan.next_ticked_date is null or ticked_plan.next_ticked_date > child_in_care.as_at);

-- A plan whose text could not be read and that would be in force: it is used by no figure, but the child's row says so.
create or replace temp table plan_not_readable_on_day as
select distinct
    child_in_care.as_at,
    child_in_care.child_number
from unreadable_plans
join child on child.child_id = unreadable_plans.lacp_person_id
join child_in_care
    on child_in_care.child_number = child.child_number
    and in_force(
        unreadable_plans.lacp_cla_care_plan_start_date,
        unreadable_plans.lacp_cla_care_plan_end_date,
        child_in_care.as_at
    )
    and unreadable_plans.lacp_cla_care_plan_start_date >= child_in_care.entered_care - 28;
