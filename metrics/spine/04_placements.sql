-- Placement on D: the one in force; a temporary placement (T0 to T4) stands for the placement that it interrupts.
create or replace temp table placement as
select
    child.child_number,
    placement.rowid as placement_row,
    placement.clap_cla_placement_id as placement_id,
    placement.clap_cla_placement_start_date as start_date,
    placement.clap_cla_placement_end_date as end_date,
    placement.clap_cla_placement_type as placement_type,
    coalesce(list_contains(codes.groups, 'temporary'), false) as temporary,
    placement.clap_cla_placement_provider as provider,
    placement.clap_cla_placement_urn as urn,
    placement.clap_cla_placement_postcode as postcode,
    row_number() over (
        partition by child.child_number
        order by
            placement.clap_cla_placement_start_date,
            length(placement.clap_cla_placement_id),
            placement.clap_cla_placement_id
    ) as turn
from ssd_cla_placement as placement
join child on child.child_id = placement.clap_person_id
left join codes on codes.code_set = 'placement_type' and codes.code = placement.clap_cla_placement_type;

-- Temporary placements that follow one another, each beginning by the day the last ended, are one interruption.
create or replace temp table interruption as
with temporary_placement as (
    select
        child_number,
        turn,
        start_date,
        max(coalesce(end_date, date '9999-12-31')) over (
            partition by child_number
            order by turn
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from placement
    where temporary
),

numbered as (
    select
        child_number,
        turn,
        start_date,
        count(*) filter (where covered_until is null or start_date > covered_until) over (
            partition by child_number
            order by turn
        ) as interruption_number
    from temporary_placement
),

begun as (
    select
        child_number,
        turn,
        min(start_date) over (partition by child_number, interruption_number) as began
    from numbered
)

select
    begun.child_number,
    begun.turn,
    max(interrupted.turn) as interrupted_turn
from begun
join placement as interrupted
    on interrupted.child_number = begun.child_number
    and not interrupted.temporary
    and interrupted.start_date < begun.began
    and (interrupted.end_date is null or interrupted.end_date >= begun.began)
group by all;

-- What a child in a placement lives in: the placement itself, or the one that it interrupts; and what its type means.
create or replace temp table placement_lived_in as
select
    placement.child_number,
    placement.turn,
    lived_in.placement_row,
    lived_in.start_date,
    lived_in.placement_type,
    lived_in.turn != placement.turn as interrupted,
    coalesce(list_contains(codes.groups, 'adoptive'), false) as adoptive,
    coalesce(list_contains(codes.groups, 'early_permanence'), false) as early_permanence,
    coalesce(list_contains(codes.groups, 'long_term_foster'), false) as long_term_foster
from placement
left join interruption using (child_number, turn)
join placement as lived_in
    on lived_in.child_number = placement.child_number
    and lived_in.turn = coalesce(interruption.interrupted_turn, placement.turn)
left join codes on codes.code_set = 'placement_type' and codes.code = lived_in.placement_type;

create or replace temp table placement_on_day as
select
    child_in_care.as_at,
    child_in_care.child_number,
    max(placement.turn) as turn
from child_in_care
join placement
    on placement.child_number = child_in_care.child_number
    and in_force(placement.start_date, placement.end_date, child_in_care.as_at)
group by all;
