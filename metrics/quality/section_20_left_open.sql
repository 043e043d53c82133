-- Section 20 and a care order that are both open by the record: an order ends an agreement with the parents, so one of the two is over.
select
    'ssd_legal_status' as table_name,
    recorded.source_row,
    recorded.lega_legal_status_id as record_id,
    recorded.lega_person_id as person_id,
    'Section 20 of ' || strftime(recorded.lega_legal_status_start_date, '%d/%m/%Y') || ' is open beside a care order of '
        || strftime(max(care.start_date), '%d/%m/%Y') || '.' as message,
    'Record the day on which one of the two ended.' as mend
from spine_tonight as spine
join codes as accommodated
    on accommodated.code_set = 'legal_status'
    and list_contains(accommodated.groups, 'accommodated')
join ssd_legal_status as recorded
    on recorded.lega_person_id = spine.child_id
    and recorded.lega_legal_status = accommodated.code
    and in_force(recorded.lega_legal_status_start_date, recorded.lega_legal_status_end_date, spine.as_at)
join codes as order_code
    on order_code.code_set = 'legal_status'
    and list_contains(order_code.groups, 'care_order')
join legal_status as care
    on care.child_number = spine.child_number
    and care.code = order_code.code
    and in_force(care.start_date, care.end_date, spine.as_at)
group by
    recorded.source_row,
    recorded.lega_legal_status_id,
    recorded.lega_person_id,
    recorded.lega_legal_status_start_date
