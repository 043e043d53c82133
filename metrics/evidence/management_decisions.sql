-- The management decisions written by the day; what they say stays in the case system.
select
    'local_case_notes' as table_name,
    source_row,
    note_id as record_id,
    'Management decision' || coalesce(' by ' || nullif(author, ''), '') as says,
    note_date as from_date,
    null::date as to_date
from local_case_notes
where person_id = $child_id
    and note_type = 'MANAGEMENT_DECISION'
    and note_date <= $as_at
