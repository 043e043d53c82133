-- The agency's decisions that the child should be placed for adoption, and their reversals by the day.
select
    'ssd_permanence' as table_name,
    source_row,
    perm_table_id as record_id,
    'Agency decision: should be placed for adoption'
        || case when perm_decision_reversed_date between perm_adm_decision_date and $as_at
            then '; reversed on ' || strftime(perm_decision_reversed_date, '%d/%m/%Y') else '' end as says,
    perm_adm_decision_date as from_date,
    case when perm_decision_reversed_date between perm_adm_decision_date and $as_at then perm_decision_reversed_date end as to_date
from ssd_permanence
where perm_person_id = $child_id
    and perm_adm_decision_date <= $as_at
