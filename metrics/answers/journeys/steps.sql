-- Each step of each route: from one stage to another; or, where the other is not reached, until the wait ended or the day.
-- ``passed_date``: the child went on to a later stage without this one. ``early``: the later stage may come first, and then took no time.
stage_of_route as (
    select
        *,
        case route
            -- Adoption is given up when the plan has become another and no placement order is in force.
            when 'adoption' then
                case
                    when placement_order_date is not null and placement_order_ended_date is null then null
                    when plan_date is null then greatest(decision_reversed_date, placement_order_ended_date)
                    when plan_changed_date is not null then greatest(plan_changed_date, placement_order_ended_date)
                end
            when 'long_term_fostering' then case when long_term_match_date is null then plan_changed_date end
            when 'all' then null
            else plan_changed_date
        end::date as changed_date,
        case route
            when 'all' then true
            when 'adoption' then
                coalesce(plan_date, decision_date, placement_order_date, adoption_match_date, placed_date, adopted_date) is not null
            when 'long_term_fostering' then coalesce(plan_date, long_term_match_date, fostered_date) is not null
            when 'family' then coalesce(plan_date, family_order_date) is not null
            when 'home' then coalesce(plan_date, home_date) is not null
        end as on_route
    from stage
),

step as (
    select
        * exclude (steps),
        unnest(steps, recursive := true)
    from (
        select
            route,
            child_number,
            entered_care,
            left_date,
            until,
            service,
            team,
            worker,
            changed_date,
            case route
                when 'all' then [
                    {step: 'entry_to_plan', from_date: entered_care, to_date: plan_date, passed_date: null::date, early: false},
                    {step: 'entry_to_permanence', from_date: entered_care, to_date: least(permanence_date, ratified_date),
                        passed_date: null, early: false}
                ]
                when 'adoption' then [
                    {step: 'entry_to_plan', from_date: entered_care, to_date: plan_date,
                        passed_date: least(decision_date, placement_order_date, adoption_match_date, placed_date), early: false},
                    {step: 'plan_to_decision', from_date: plan_date, to_date: decision_date,
                        passed_date: least(placement_order_date, adoption_match_date, placed_date), early: false},
                    {step: 'decision_to_order', from_date: decision_date, to_date: placement_order_date,
                        passed_date: placed_date, early: false},
                    {step: 'order_to_match', from_date: placement_order_date, to_date: adoption_match_date,
                        passed_date: placed_date, early: true},
                    {step: 'match_to_placed', from_date: adoption_match_date, to_date: placed_date, passed_date: null, early: true},
                    {step: 'placed_to_adopted', from_date: placed_date, to_date: adopted_date, passed_date: null, early: false},
                    {step: 'entry_to_placed', from_date: entered_care, to_date: placed_date, passed_date: null, early: false},
                    {step: 'entry_to_adopted', from_date: entered_care, to_date: adopted_date, passed_date: null, early: false}
                ]
                when 'long_term_fostering' then [
                    {step: 'entry_to_plan', from_date: entered_care, to_date: plan_date,
                        passed_date: least(long_term_match_date, fostered_date), early: false},
                    {step: 'plan_to_match', from_date: plan_date, to_date: long_term_match_date, passed_date: null, early: false},
                    {step: 'match_to_placed', from_date: long_term_match_date, to_date: fostered_date, passed_date: null, early: true},
                    {step: 'match_to_ratified', from_date: long_term_match_date, to_date: ratified_date,
                        passed_date: null, early: false},
                    {step: 'entry_to_placed', from_date: entered_care, to_date: fostered_date, passed_date: null, early: false},
                    {step: 'entry_to_ratified', from_date: entered_care, to_date: ratified_date, passed_date: null, early: false}
                ]
                when 'family' then [
                    {step: 'entry_to_plan', from_date: entered_care, to_date: plan_date,
                        passed_date: family_order_date, early: false},
                    {step: 'plan_to_order', from_date: plan_date, to_date: family_order_date, passed_date: null, early: false},
                    {step: 'entry_to_order', from_date: entered_care, to_date: family_order_date, passed_date: null, early: false}
                ]
                when 'home' then [
                    {step: 'entry_to_plan', from_date: entered_care, to_date: plan_date, passed_date: home_date, early: false},
                    {step: 'plan_to_home', from_date: plan_date, to_date: home_date, passed_date: null, early: false},
                    {step: 'entry_to_home', from_date: entered_care, to_date: home_date, passed_date: null, early: false}
                ]
            end as steps
        from stage_of_route
        where on_route
    )
),

waited as (
    select
        step.*,
        child.child_id,
        case
            when coalesce(step.passed_date, step.changed_date, step.left_date) is not null
                then greatest(least(step.passed_date, step.changed_date, step.left_date), step.from_date)
        end as stopped_date,
        case
            when step.passed_date <= least(step.changed_date, step.left_date, step.passed_date) then 'went on without it'
            when step.changed_date <= least(step.changed_date, step.left_date) then 'the plan changed'
            when step.left_date = child.death_date then 'died'
            when step.left_date = child.childhood_end then 'turned 18'
            when step.left_date is not null then 'left care'
        end as stopped
    from step
    join child using (child_number)
    where step.from_date is not null
),

listed as (
    select
        *,
        case
            when to_date < from_date and not early then 'out of order'
            when to_date is not null then 'reached'
            when stopped_date is not null then 'ended another way'
            else 'waiting'
        end as state,
        greatest(coalesce(to_date, stopped_date, until) - from_date, 0) as days,
        year(entered_care) - case when month(entered_care) < 4 then 1 else 0 end as entered_year
    from waited
)

select
    route,
    step,
    state,
    days,
    entered_year,
    child_number,
    child_id,
    service,
    team,
    worker,
    entered_care,
    from_date,
    case when state in ('reached', 'out of order') then to_date end as to_date,
    case when state = 'ended another way' then stopped_date end as stopped_date,
    case when state = 'ended another way' then stopped end as stopped
from listed
order by route, step, days desc, from_date, length(child_id), child_id, entered_care
