-- The documents that had been written or sent by the day, and to whom.
select
    'local_documents' as table_name,
    document.source_row,
    document.document_id as record_id,
    codes.label
        || coalesce(', sent to ' || lower(sent_code.label), '')
        || coalesce('; about ' || strftime(document.about_date, '%d/%m/%Y'), '')
        || case when document.answered_date <= $as_at then '; answered on ' || strftime(document.answered_date, '%d/%m/%Y') else '' end
        as says,
    document.sent_date as from_date,
    null::date as to_date
from local_documents as document
join codes on codes.code_set = 'document_type' and codes.code = document.document_type
left join codes as sent_code on sent_code.code_set = 'sent_to' and sent_code.code = document.sent_to
where document.person_id = $child_id
    and document.sent_date <= $as_at
