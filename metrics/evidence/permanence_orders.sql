-- Orders that give permanence (adoption, special guardianship, child arrangements), by the day.
select
    'ssd_permanence' as table_name,
    source_row,
    perm_table_id as record_id,
    'Permanence order' || coalesce(': ' || nullif(perm_permanence_order_type, ''), '') as says,
    perm_permanence_order_date as from_date,
    null::date as to_date
from ssd_permanence
where perm_person_id = $child_id
    and perm_permanence_order_date <= $as_at
union all
select
    'local_permanence_options' as table_name,
    source_row,
    option_id as record_id,
    case option_type
        when 'SGO' then 'Special guardianship order'
        when 'CAO' then 'Child arrangements order'
        else 'Adoption order'
    end as says,
    order_date as from_date,
    null::date as to_date
from local_permanence_options
where person_id = $child_id
    and option_type in ('SGO', 'CAO', 'ADOPTION')
    and order_date <= $as_at
