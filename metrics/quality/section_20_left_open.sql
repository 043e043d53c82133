-- Accommodation under section 20 that is still open by the record although a care order, which ends it, has begun since.
select
    'ssd_legal_status' as table_name,
    recorded.source_row,
    recorded.lega_legal_status_id as record_id,
    recorded.lega_person_id as person_id,
    'Section 20 of ' || strftime(recorded.lega_legal_status_start_date, '%d/%m/%Y') || ' is open, but a care order began on '
        || strftime(max(care.since), '%d/%m/%Y') || '.' as message,
    'Record the day on which section 20 ended.' as mend
from spine_tonight as spine
join legal_status_run as run
    on run.child_number = spine.child_number
    and run.accommodated
    and in_force(run.start_date, run.end_date, spine.as_at)
join legal_status_run as care
    on care.child_number = spine.child_number
    and care.care_order
    and care.since > run.start_date
    and in_force(care.start_date, care.end_date, spine.as_at)
join ssd_legal_status as recorded
    on recorded.lega_person_id = spine.child_id
    and recorded.lega_legal_status = run.code
    and recorded.lega_legal_status_start_date = run.start_date
    and recorded.lega_legal_status_end_date is not distinct from run.end_date
group by
    recorded.source_row,
    recorded.lega_legal_status_id,
    recorded.lega_person_id,
    recorded.lega_legal_status_start_date
