-- What was asked for by the day, and what was decided.
select
    'local_approvals' as table_name,
    source_row,
    approval_id as record_id,
    lower(replace(approval_type, '_', ' '))
        || coalesce(', placement ' || placement_id, ', names no placement')
        || case
            when decided_date <= $as_at
                then '; ' || lower(coalesce(decision, 'decided')) || ' on ' || strftime(decided_date, '%d/%m/%Y')
                || coalesce(' by ' || nullif(trim(decided_by), ''), '')
                || coalesce(', to be reviewed by ' || strftime(review_by_date, '%d/%m/%Y'), '')
            else '; not decided'
        end as says,
    coalesce(requested_date, decided_date) as from_date,
    case when decided_date <= $as_at then decided_date end as to_date
from local_approvals
where person_id = $child_id
    and coalesce(requested_date, decided_date, $as_at) <= $as_at
