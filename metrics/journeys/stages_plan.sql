-- The first plan with one of the route's options ($options), and when the plan became another one for good.
plan as (
{plan}
),

ticked_plan as (
{ticked_plan}
),

plan_stage as (
    select
        journey.child_number,
        journey.entered_care,
        greatest(min(ticked_plan.start_date), journey.entered_care) as plan_date,
        arg_max(
            {next_date: case when ticked_plan.next_ticked_date <= journey.until then ticked_plan.next_ticked_date end},
            ticked_plan.turn
        ).next_date as changed_date
    from journey
    join ticked_plan
        on ticked_plan.child_number = journey.child_number
        and ticked_plan.entered_care = journey.entered_care
        and ticked_plan.start_date <= journey.until
        and list_has_any(ticked_plan.options, $options::varchar[])
    group by journey.child_number, journey.entered_care
),

