-- Assessments of brothers and sisters made by the day, and whether they were countersigned by then.
select
    'local_sibling_assessments' as table_name,
    source_row,
    assessment_id as record_id,
    'Brothers and sisters assessed: ' || coalesce(lower(outcome), 'no outcome') || case
        when countersigned_date <= $as_at
            then '; countersigned on ' || strftime(countersigned_date, '%d/%m/%Y') || coalesce(' by ' || nullif(trim(countersigned_by), ''), '')
        else '; not countersigned'
    end || coalesce('; review by ' || strftime(review_by_date, '%d/%m/%Y'), '') as says,
    assessed_date as from_date,
    null::date as to_date
from local_sibling_assessments
where person_id = $child_id
    and assessed_date <= $as_at
