-- The family and the mother that the child is recorded under: who else is, the page Brothers and sisters shows.
select
    'ssd_family' as table_name,
    source_row,
    fami_table_id as record_id,
    'Family ' || fami_family_id as says,
    null::date as from_date,
    null::date as to_date
from ssd_family
where fami_person_id = $child_id
union all
select
    'ssd_mother' as table_name,
    source_row,
    moth_table_id as record_id,
    'Mother ' || coalesce(moth_person_id, 'not recorded') as says,
    null::date as from_date,
    null::date as to_date
from ssd_mother
where moth_childs_person_id = $child_id
