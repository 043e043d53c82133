-- The pathway plan, which is the permanence plan of a child who entered care at 15 or over.
select
    'ssd_care_leavers' as table_name,
    leaver.source_row,
    leaver.clea_table_id as record_id,
    'Pathway plan reviewed' as says,
    leaver.clea_pathway_plan_review_date as from_date,
    null as to_date
from ssd_care_leavers as leaver
where leaver.clea_person_id = $child_id
    and leaver.clea_pathway_plan_review_date <= $as_at
