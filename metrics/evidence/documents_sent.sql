-- The documents that were sent, or written, by the day.
select
    'local_documents' as table_name,
    document.source_row,
    document.document_id as record_id,
    lower(replace(document.document_type, '_', ' '))
        || coalesce(' to ' || lower(replace(document.sent_to, '_', ' ')), '')
        || coalesce(', for ' || strftime(document.about_date, '%d/%m/%Y'), '') as says,
    document.sent_date as from_date,
    null::date as to_date
from local_documents as document
where document.person_id = $child_id
    and document.sent_date <= $as_at
