-- The visits of the last eighteen months before the day.
select
    'ssd_cla_visits' as table_name,
    source_row,
    clav_cla_visit_id as record_id,
    case
        when not coalesce(clav_cla_visit_seen, true) then 'Visit, child not seen'
        when clav_cla_visit_seen_alone then 'Visit, child seen alone'
        else 'Visit'
    end as says,
    clav_cla_visit_date as from_date,
    null::date as to_date
from ssd_cla_visits
where clav_person_id = $child_id
    and clav_cla_visit_date <= $as_at
    and months_after(clav_cla_visit_date, 18) > $as_at
