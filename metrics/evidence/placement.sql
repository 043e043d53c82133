-- The placement on the day, or the one that a temporary placement interrupts.
select
    'ssd_cla_placement' as table_name,
    placement.source_row,
    placement.clap_cla_placement_id as record_id,
    'Placement ' || placement.clap_cla_placement_type || ', ' || placement_code.label
        || case when spine.placement_interrupted then ' (interrupted by a temporary placement)' else '' end as says,
    placement.clap_cla_placement_start_date as from_date,
    placement.clap_cla_placement_end_date as to_date
from spine
join ssd_cla_placement as placement on placement.rowid = spine.placement_row
left join codes as placement_code
    on placement_code.code_set = 'placement_type' and placement_code.code = placement.clap_cla_placement_type
where spine.child_id = $child_id and spine.as_at = $as_at
