-- Family finding for long-term foster carers.
select
    'local_carer_matches' as table_name,
    source_row,
    match_id as record_id,
    'Family finding for long-term fostering'
        || case when match_date <= $as_at then '; matched on ' || strftime(match_date, '%d/%m/%Y') else '' end as says,
    family_finding_start_date as from_date,
    case when ended_date <= $as_at then ended_date end as to_date
from local_carer_matches
where person_id = $child_id
    and match_type = 'LTF'
    and family_finding_start_date <= $as_at
