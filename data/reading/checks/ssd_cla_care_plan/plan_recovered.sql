-- A plan whose text was cut or broken: the ticks that could be read count, others may be missing.
select
    'plan_recovered',
    'ssd_cla_care_plan',
    source_row,
    lacp_table_id,
    lacp_person_id,
    'The plan''s text is cut or broken; read from it: '
        || case when len(lacp_ticks) = 0 then 'no option ticked' else array_to_string(lacp_ticks, ', ') end,
    'Look for a long answer or a quotation mark in the plan''s form, and shorten or remove it.'
from ssd_cla_care_plan
where lacp_recovered
