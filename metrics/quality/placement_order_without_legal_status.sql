-- A placement order by the permanence record, with no placement order among the legal statuses in force.
select
    'ssd_permanence' as table_name,
    min(permanence.source_row) as source_row,
    min(permanence.perm_table_id) as record_id,
    spine.child_id as person_id,
    'A placement order of ' || strftime(spine.placement_order_since, '%d/%m/%Y')
        || ' is recorded under permanence, but no placement order is in force among the legal statuses.' as message,
    'Record the placement order (E1) as a legal status, or the date on which the decision was reversed.' as mend
from spine_tonight as spine
join ssd_permanence as permanence
    on permanence.perm_person_id = spine.child_id
    and permanence.perm_placement_order_date = spine.placement_order_since
where spine.placement_order_source = 'permanence record'
group by all
