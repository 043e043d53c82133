-- The supervision recorded by the day. The words of the notes are not repeated here.
select
    'local_case_notes' as table_name,
    source_row,
    note_id as record_id,
    'Supervision' as says,
    note_date as from_date,
    null::date as to_date
from local_case_notes
where person_id = $child_id
    and note_type = 'SUPERVISION'
    and note_date <= $as_at
