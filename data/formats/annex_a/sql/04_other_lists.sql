-- List 10, a row for each child with an adoption decision; the period of care is the one that started by the decision and had not ended.
insert into ssd_permanence by name
select
    listed.child || '-' || row_number() over (partition by listed.child order by listed.source_row) as perm_table_id,
    listed.child as perm_person_id,
    (
        select arg_max(care.period_id, care.started)
        from care
        where care.child = listed.child
            and care.started <= coalesce(listed.decision, listed.placement_order, listed.entered_care, care.started)
            and (care.ceased is null or care.ceased >= coalesce(listed.decision, listed.placement_order, care.ceased))
    ) as perm_cla_id,
    listed.decision as perm_adm_decision_date,
    listed.early_permanence as perm_placed_ffa_cp_date,
    listed.placement_order as perm_placement_order_date,
    listed.matched as perm_matched_date,
    listed.placed as perm_placed_for_adoption_date,
    listed.reversed as perm_decision_reversed_date,
    listed.reversed_reason as perm_decision_reversed_reason,
    listed.adoption_order as perm_permanence_order_date,
    case when listed.adoption_order is not null then 'Adoption' end as perm_permanence_order_type,
    listed.source_row
from annex_a_list_10 as listed
where coalesce(decision, early_permanence, placement_order, matched, placed, reversed, adoption_order) is not null
order by listed.child, listed.source_row;

insert into flags
select
    'not_on_list_10', 'ssd_permanence', source_row, period_id, child,
    'A placement order by List 8, and not on List 10: the decision, the match and the move are not known',
    'Add the child to List 10.'
from care
where legal_status = 'E1'
    and (ceased is null or ceased > getvariable('as_at')::date)
    and child not in (select child from annex_a_list_10)
order by child;

-- A list without any pathway plan was not filled: it says of nobody that there is none.
insert into ssd_care_leavers by name
select
    child as clea_table_id,
    child as clea_person_id,
    max(pathway_plan_review) as clea_pathway_plan_review_date,
    min(source_row) as source_row
from annex_a_list_9
where exists (from annex_a_list_9 where pathway_plan_review is not null)
group by child
order by child;

-- List 11 has a row for each person; those of one family are one set of adopters.
insert into local_prospective_adopters by name
select
    coalesce(family, adopter) as adopter_id,
    min(enquiry) as enquiry_date,
    min(stage1_start) as stage1_start_date,
    max(stage1_end) as stage1_end_date,
    min(stage2_start) as stage2_start_date,
    max(stage2_end) as stage2_end_date,
    max(approved) as approved_date,
    max(matched) as matched_date,
    max(placed) as placed_date,
    case when bool_and(left_process is not null) then max(left_process) end as left_date,
    any_value(left_reason) as left_reason,
    bool_or(early_permanence) as early_permanence,
    min(source_row) as source_row
from annex_a_list_11
where coalesce(family, adopter) is not null
group by coalesce(family, adopter)
order by 1;
