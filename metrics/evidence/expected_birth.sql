-- When the child is expected, or was born.
select
    'ssd_person' as table_name,
    source_row,
    pers_person_id as record_id,
    case
        when pers_dob <= $as_at then 'Born'
        else 'Expected' || coalesce(' on ' || strftime(coalesce(pers_expected_dob, pers_dob), '%d/%m/%Y'), ', no date recorded')
    end as says,
    case when pers_dob <= $as_at then pers_dob else coalesce(pers_expected_dob, pers_dob) end as from_date,
    null::date as to_date
from ssd_person
where pers_person_id = $child_id
