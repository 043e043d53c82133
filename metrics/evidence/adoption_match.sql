-- Matches for adoption: under permanence, and the council's own record.
select
    'ssd_permanence' as table_name,
    permanence.source_row,
    permanence.perm_table_id as record_id,
    'Matched for adoption'
        || case when permanence.perm_decision_reversed_date <= $as_at
            then '; decision reversed on ' || strftime(permanence.perm_decision_reversed_date, '%d/%m/%Y') else '' end as says,
    permanence.perm_matched_date as from_date,
    permanence.perm_decision_reversed_date as to_date
from ssd_permanence as permanence
where permanence.perm_person_id = $child_id
    and permanence.perm_matched_date <= $as_at
union all
select
    'local_carer_matches' as table_name,
    carer_match.source_row,
    carer_match.match_id as record_id,
    'Match for adoption' as says,
    carer_match.match_date as from_date,
    carer_match.ended_date as to_date
from local_carer_matches as carer_match
where carer_match.person_id = $child_id
    and carer_match.match_type = 'ADOPTION'
    and carer_match.match_date <= $as_at
