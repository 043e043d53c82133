-- Every placement of the child that had started by the day.
select
    'ssd_cla_placement' as table_name,
    placement.source_row,
    placement.clap_cla_placement_id as record_id,
    'Placement ' || coalesce(placement.clap_cla_placement_type || ', ' || placement_code.label, 'of a type not recorded') as says,
    placement.clap_cla_placement_start_date as from_date,
    placement.clap_cla_placement_end_date as to_date
from ssd_cla_placement as placement
left join codes as placement_code
    on placement_code.code_set = 'placement_type' and placement_code.code = placement.clap_cla_placement_type
where placement.clap_person_id = $child_id
    and placement.clap_cla_placement_start_date <= $as_at
