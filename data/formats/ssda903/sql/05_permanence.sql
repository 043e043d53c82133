-- The permanence record, a row a period of care: the decision (PlacedAdoption), the match (AD1: adopted children only), and what the
-- episodes of the period say.
insert into ssd_permanence by name
with decided as (
    select period_id, arg_max((date_placed, date_placed_ceased, reason_placed_ceased), date_placed) as decision
    from care_period
    join adoption_decision as decision
        on decision.child = care_period.child
        and decision.date_placed >= care_period.entered_care
        and (care_period.left_care is null or decision.date_placed <= care_period.left_care)
    group by period_id
),

matched as (
    select period_id, arg_max((date_match, foster_care), date_match) as adopted
    from care_period
    join ssda903_ad1 as adopted
        on adopted.child = care_period.child
        and adopted.date_match >= care_period.entered_care
        and (care_period.left_care is null or adopted.date_match <= care_period.left_care)
    group by period_id
)

select
    period_id as perm_table_id,
    child as perm_person_id,
    period_id as perm_cla_id,
    decision[1] as perm_adm_decision_date,
    order_date as perm_placement_order_date,
    adopted[1] as perm_matched_date,
    placed_date as perm_placed_for_adoption_date,
    decision[2] as perm_decision_reversed_date,
    decision[3] as perm_decision_reversed_reason,
    last_order[1] as perm_permanence_order_date,
    last_order[2] as perm_permanence_order_type,
    adopted[2] as perm_adopted_by_carer_flag
from care_period
left join decided using (period_id)
left join matched using (period_id)
where decision is not null or order_date is not null or adopted is not null or placed_date is not null or last_order is not null
order by child, period_id;
