-- The plans of this period of care, the ones that an option's clock runs through.
select
    'ssd_cla_care_plan' as table_name,
    plan.source_row,
    plan.lacp_table_id as record_id,
    case
        when len(plan.lacp_ticks) = 0 then 'Plan with nothing ticked'
        else 'Plan: ' || (
            select string_agg(codes.label, ', ' order by list_position(plan.lacp_ticks, codes.code))
            from codes
            where codes.code_set = 'plan_option' and list_contains(plan.lacp_ticks, codes.code)
        )
    end || case when plan.rowid = spine.plan_row and len(spine.options) > 0 then ' (the plan on the day)' else '' end as says,
    case when has_plan_starts() then plan.lacp_cla_care_plan_start_date end as from_date,
    plan.lacp_cla_care_plan_end_date as to_date
from spine
join ssd_cla_care_plan as plan
    on plan.lacp_person_id = spine.child_id
    and plan.lacp_cla_care_plan_start_date between spine.entered_care - 28 and spine.as_at
where spine.child_id = $child_id and spine.as_at = $as_at
