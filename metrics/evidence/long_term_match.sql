-- Long-term fostering matches.
select
    'local_carer_matches' as table_name,
    carer_match.source_row,
    carer_match.match_id as record_id,
    'Match for long-term fostering'
        || case when carer_match.ratified_date <= $as_at
            then '; ratified on ' || strftime(carer_match.ratified_date, '%d/%m/%Y') else '; not ratified' end as says,
    carer_match.match_date as from_date,
    carer_match.ended_date as to_date
from local_carer_matches as carer_match
where carer_match.person_id = $child_id
    and carer_match.match_type = 'LTF'
    and carer_match.match_date <= $as_at
