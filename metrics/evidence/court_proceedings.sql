-- Care proceedings issued by the day, with the first hearing and the day for which the final evidence is due.
select
    'local_care_proceedings' as table_name,
    proceedings.source_row,
    proceedings.proceedings_id as record_id,
    'Care proceedings'
        || case when proceedings.first_hearing_date <= $as_at
            then '; first hearing on ' || strftime(proceedings.first_hearing_date, '%d/%m/%Y') else '; no first hearing by the day' end
        || coalesce('; final evidence due on ' || strftime(proceedings.final_evidence_due_date, '%d/%m/%Y'), '') as says,
    proceedings.issued_date as from_date,
    case when proceedings.concluded_date <= $as_at then proceedings.concluded_date end as to_date
from local_care_proceedings as proceedings
where proceedings.person_id = $child_id
    and proceedings.issued_date <= $as_at
