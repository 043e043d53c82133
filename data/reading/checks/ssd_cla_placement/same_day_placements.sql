-- Two placements of a child that start on one day, differ, and last: the child cannot live in both, and which counts is decided by their
-- identifiers alone. A temporary one may stand beside the one that it interrupts.
with lasting as (
    select
        *,
        (clap_cla_placement_type, clap_cla_placement_provider, clap_cla_placement_urn, clap_cla_placement_postcode) as home
    from ssd_cla_placement
    where coalesce(clap_cla_placement_end_date > clap_cla_placement_start_date, true)
        and coalesce(clap_cla_placement_type not in ({temporary}), true)
),
same_day as (
    select
        clap_person_id,
        clap_cla_placement_start_date,
        arg_max(clap_cla_placement_id, (length(clap_cla_placement_id), clap_cla_placement_id)) as last_id
    from lasting
    group by clap_person_id, clap_cla_placement_start_date
    having count(*) > 1 and min(home) is distinct from max(home)
)
select
    'same_day_placements',
    'ssd_cla_placement',
    source_row,
    clap_cla_placement_id,
    clap_person_id,
    'Starts on ' || strftime(clap_cla_placement_start_date, '%d/%m/%Y') || ', as does placement ' || last_id
        || ', which counts while both last, since its identifier is the higher',
    'End or remove the one in which the child does not live, or correct the day on which it started.'
from lasting
join same_day using (clap_person_id, clap_cla_placement_start_date)
where clap_cla_placement_id <> last_id
