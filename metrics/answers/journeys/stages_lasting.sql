-- Long-term fostering, special guardianship, and permanence of any kind; and every stage of a journey, a row for each route.
long_term_match as (
    select
        journey.journey_number,
        max(recorded.match_date) as match_date,
        min(greatest(recorded.match_date, recorded.ratified_date)) filter (where recorded.ratified_date <= journey.until)
            as ratified_date
    from journey
    join child using (child_number)
    join local_carer_matches as recorded
        on recorded.person_id = child.child_id
        and recorded.match_type = 'LTF'
        and recorded.match_date between journey.entered_care and journey.until
        and (recorded.ended_date is null or recorded.ended_date > journey.last_day)
    group by journey.journey_number
),

family_order as (
    select
        journey.journey_number,
        min(explored.order_date) as order_date
    from journey
    join child using (child_number)
    join local_permanence_options as explored
        on explored.person_id = child.child_id
        and explored.option_type in ('SGO', 'CAO')
        and explored.order_date between journey.entered_care and journey.until
    group by journey.journey_number
),

reached as (
    select
        journey.*,
        decision.last.decision_date,
        decision.last.reversed_date as decision_reversed_date,
        placement_order.order_date as placement_order_date,
        placement_order.ended_date as placement_order_ended_date,
        last_match.match_date as adoption_match_date,
        moved_in.placed_date,
        case when journey.adopted then journey.left_date end as adopted_date,
        long_term_match.match_date as long_term_match_date,
        long_term_match.ratified_date,
        lived_in.fostered_date,
        coalesce(
            family_order.order_date,
            case when list_contains($to_family::varchar[], journey.reason) then journey.left_date end
        ) as family_order_date,
        case when list_contains($home::varchar[], journey.reason) then journey.left_date end as home_date,
        case when list_contains($permanence::varchar[], journey.reason) then journey.left_date end as permanence_date
    from journey
    left join decision using (journey_number)
    left join placement_order using (journey_number)
    left join last_match using (journey_number)
    left join moved_in using (journey_number)
    left join lived_in using (journey_number)
    left join long_term_match using (journey_number)
    left join family_order using (journey_number)
),

stage as (
    select
        route.route,
        reached.*,
        plan_stage.plan_date,
        plan_stage.changed_date as plan_changed_date
    from reached
    cross join route
    left join plan_stage using (journey_number, route)
),
