-- Two placements in force that started on one day and differ: the child cannot live in both, and which counts is decided by their
-- identifiers alone. A temporary one may stand beside the one that it interrupts.
select
    'ssd_cla_placement' as table_name,
    recorded.source_row,
    one.placement_id as record_id,
    spine.child_id as person_id,
    'Placements ' || one.placement_id || ' and ' || arg_max(other.placement_id, other.turn) || ' both started on '
        || strftime(one.start_date, '%d/%m/%Y') || ' and are in force; the second counts, since its identifier is the higher.' as message,
    'End or remove the one in which the child does not live, or correct the day on which it started.' as mend
from spine_tonight as spine
join placement as one
    on one.child_number = spine.child_number
    and in_force(one.start_date, one.end_date, spine.as_at)
    and not one.temporary
join placement as other
    on other.child_number = spine.child_number
    and other.start_date = one.start_date
    and other.turn > one.turn
    and in_force(other.start_date, other.end_date, spine.as_at)
    and not other.temporary
    and (
        other.placement_type is distinct from one.placement_type
        or other.provider is distinct from one.provider
        or other.urn is distinct from one.urn
        or other.postcode is distinct from one.postcode
    )
join ssd_cla_placement as recorded on recorded.rowid = one.placement_row
group by recorded.source_row, one.placement_id, one.start_date, spine.child_id
