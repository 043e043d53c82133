-- Long-term fostering, special guardianship, and permanence of any kind.
long_term_match as (
    select
        journey.child_number,
        journey.entered_care,
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
    group by journey.child_number, journey.entered_care
),

family_order as (
    select
        journey.child_number,
        journey.entered_care,
        min(explored.order_date) as order_date
    from journey
    join child using (child_number)
    join local_permanence_options as explored
        on explored.person_id = child.child_id
        and explored.option_type in ('SGO', 'CAO')
        and explored.order_date between journey.entered_care and journey.until
    group by all
),

stage as (
    select
        journey.*,
        plan_stage.plan_date,
        plan_stage.changed_date as plan_changed_date,
        decision.last.decision_date,
        decision.last.reversed_date as decision_reversed_date,
        placement_order.order_date as placement_order_date,
        placement_order.ended_date as placement_order_ended_date,
        last_match.match_date as adoption_match_date,
        case when moved_in.placed then moved_in.placed_date end as placed_date,
        case when list_contains($adopted::varchar[], journey.reason) then journey.left_date end as adopted_date,
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
    left join plan_stage using (child_number, entered_care)
    left join decision using (child_number, entered_care)
    left join placement_order using (child_number, entered_care)
    left join last_match using (child_number, entered_care)
    left join moved_in using (child_number, entered_care)
    left join lived_in using (child_number, entered_care)
    left join long_term_match using (child_number, entered_care)
    left join family_order using (child_number, entered_care)
),

