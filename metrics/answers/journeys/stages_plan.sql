-- The first plan with one of a route's options, and when the plan became another one permanently: a row for a journey and route.
plan as (
{plan}
),

ticked_plan as (
{ticked_plan}
),

route as (
    select
        unnest($routes::varchar[]) as route,
        unnest($options::varchar[][]) as options
),

plan_stage as (
    select
        journey.journey_number,
        route.route,
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
    join route on list_has_any(ticked_plan.options, route.options)
    group by journey.journey_number, journey.entered_care, route.route
),
