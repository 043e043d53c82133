-- Care proceedings that had been issued by the day, and whether they had concluded.
select
    'local_care_proceedings' as table_name,
    source_row,
    proceedings_id as record_id,
    'Care proceedings' || case when concluded_date <= $as_at then ', concluded' else '' end
        || coalesce('; ' || case when concluded_date <= $as_at then nullif(outcome_order, '') end, '') as says,
    issued_date as from_date,
    case when concluded_date <= $as_at then concluded_date end as to_date
from local_care_proceedings
where person_id = $child_id
    and issued_date <= $as_at
