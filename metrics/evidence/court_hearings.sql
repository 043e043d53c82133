-- Care proceedings begun by the day, with the day on which the final evidence is filed and the issues resolution hearing.
select
    'local_care_proceedings' as table_name,
    source_row,
    proceedings_id as record_id,
    'Care proceedings'
        || coalesce('; final evidence due on ' || strftime(final_evidence_due_date, '%d/%m/%Y'), '; final evidence: no day recorded')
        || coalesce(
            '; issues resolution hearing on ' || strftime(issues_resolution_hearing_date, '%d/%m/%Y'),
            '; issues resolution hearing: no day recorded'
        ) as says,
    issued_date as from_date,
    case when concluded_date <= $as_at then concluded_date end as to_date
from local_care_proceedings
where person_id = $child_id
    and issued_date <= $as_at
