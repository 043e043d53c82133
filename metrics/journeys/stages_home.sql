-- Where the child lived at the end of the period, or lives on the reporting date; and when that home began.
placement as (
{placement}
),

interruption as (
{interruption}
),

placement_lived_in as (
{placement_lived_in}
),

home_placement as (
{home_placement}
),

placement_at_the_end as (
    select
        journey.child_number,
        journey.entered_care,
        max(placement.turn) as turn
    from journey
    join placement
        on placement.child_number = journey.child_number
        and in_force(placement.start_date, placement.end_date, journey.last_day)
    group by all
),

lived_in as (
    select
        last.child_number,
        last.entered_care,
        home.placement_row,
        home.placement_type,
        home.adoptive,
        case when home.long_term_foster then greatest(home.start_date, last.entered_care) end as fostered_date
    from placement_at_the_end as last
    join placement_lived_in as home using (child_number, turn)
),

-- The adoptive family: of a child who was adopted, that of the last adoptive placement; of any other, the one that the child is with.
adoptive_home as (
    select
        journey.child_number,
        journey.entered_care,
        max(home.home_number) as home_number,
        arg_max({home_start: home.home_start, fostered_there: home.fostered_there}, home.home_number) as home
    from journey
    join home_placement as home
        on home.child_number = journey.child_number
        and home.adoptive
        and home.start_date <= journey.last_day
        and (home.end_date is null or home.end_date > journey.entered_care)
    left join lived_in
        on lived_in.child_number = journey.child_number
        and lived_in.entered_care = journey.entered_care
    where coalesce(list_contains($adopted::varchar[], journey.reason), false)
        or home.placement_row = lived_in.placement_row
    group by journey.child_number, journey.entered_care
),

-- Where the record says that the carer adopted and the placements do not: the foster home that led up to the adoptive placement.
foster_home_before as (
    select
        adoptive_home.child_number,
        adoptive_home.entered_care,
        min(before.home_start) as home_start
    from adoptive_home
    join home_placement as before
        on before.child_number = adoptive_home.child_number
        and before.home_number = adoptive_home.home_number - 1
        and before.foster
        and before.home_end >= adoptive_home.home.home_start
        and (before.end_date is null or before.end_date > adoptive_home.entered_care)
    where not adoptive_home.home.fostered_there
    group by all
),

recorded_move as (
    select
        child_number,
        entered_care,
        bool_or(coalesce(perm_adopted_by_carer_flag, false)) as by_carer,
        max(perm_placed_ffa_cp_date) filter (where perm_placed_ffa_cp_date between entered_care and until) as early_date,
        max(perm_placed_for_adoption_date) filter (where perm_placed_for_adoption_date between entered_care and until) as placed_date
    from permanence
    group by all
),

moved_in as (
    select
        journey.child_number,
        journey.entered_care,
        greatest(
            journey.entered_care,
            coalesce(
                case when recorded_move.by_carer then foster_home_before.home_start end,
                adoptive_home.home.home_start,
                case when taken and recorded_move.by_carer then recorded_move.early_date end,
                case when taken then recorded_move.placed_date end
            )
        ) as placed_date,
        coalesce(adoptive_home.home.home_start, case when taken then recorded_move.placed_date end) is not null as placed
    from journey
    left join adoptive_home using (child_number, entered_care)
    left join foster_home_before using (child_number, entered_care)
    left join recorded_move using (child_number, entered_care)
    left join lived_in using (child_number, entered_care)
    -- The day that is recorded is taken where the placements do not say where the child is, or was adopted from.
    cross join lateral (
        select
            coalesce(list_contains($adopted::varchar[], journey.reason), false)
            or lived_in.placement_type is null as taken
    )
),

