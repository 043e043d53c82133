-- The plan and the placement cannot both be right.
select
    'ssd_cla_care_plan' as table_name,
    plan.source_row,
    plan.lacp_table_id as record_id,
    spine.child_id as person_id,
    case
        when spine.placement_adoptive
            then 'Placed for adoption, but adoption is not among the options of the plan.'
        else 'The only option of the plan is residential, but the child lives in a long-term foster placement.'
    end as message,
    'Bring the plan up to date, or correct the placement''s type.' as mend
from spine_tonight as spine
join ssd_cla_care_plan as plan on plan.rowid = spine.plan_row
where (spine.placement_adoptive and len(spine.options) > 0 and not list_contains(spine.options, 'adoption'))
    or (spine.placement_long_term_foster and spine.options = ['residential'])
