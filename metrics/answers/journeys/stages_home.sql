-- Where the child lived at the end of the period, or lives on the reporting date; and when the home with the adoptive family began.
placement as (
{placement}
),

interruption as (
{interruption}
),

placement_lived_in as (
{placement_lived_in}
),

placement_at_the_end as (
    select
        journey.journey_number,
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
        last.journey_number,
        home.placement_row,
        home.placement_type,
        case when home.long_term_foster then greatest(home.start_date, last.entered_care) end as fostered_date
    from placement_at_the_end as last
    join placement_lived_in as home using (child_number, turn)
),

-- The homes of a period of care that has an adoptive placement: the spine's own definition, read over one journey at a time.
placement_of_journey as (
    select
        journey.journey_number,
        placement.* exclude (child_number)
    from journey
    join placement
        on placement.child_number = journey.child_number
        and placement.start_date <= journey.last_day
        and (placement.end_date is null or placement.end_date > journey.entered_care)
),

adoptive_journey as (
    select distinct placed.journey_number
    from placement_of_journey as placed
    join codes on codes.code_set = 'placement_type' and codes.code = placed.placement_type
    where list_contains(codes.groups, 'adoptive')
),

episode_of_journey as (
    select
        journey.journey_number,
        episode.* exclude (child_number)
    from adoptive_journey
    join journey using (journey_number)
    join episode using (child_number)
),

home_of_journey as (
    with placement as (
        select journey_number as child_number, * exclude (journey_number)
        from placement_of_journey
        semi join adoptive_journey using (journey_number)
    ),

    episode as (
        select journey_number as child_number, * exclude (journey_number)
        from episode_of_journey
    ),

    home_placement as (
{home_placement}
    )

    select child_number as journey_number, * exclude (child_number)
    from home_placement
),

-- The adoptive family: of a child who was adopted, that of the last adoptive placement; of any other, the one that the child is with.
adoptive_home as (
    select
        journey.journey_number,
        max(home.home_number) as home_number,
        arg_max({home_start: home.home_start, fostered_there: home.fostered_there}, home.home_number) as home
    from journey
    join home_of_journey as home on home.journey_number = journey.journey_number and home.adoptive
    left join lived_in on lived_in.journey_number = journey.journey_number
    where journey.adopted
        or home.placement_row = lived_in.placement_row
    group by journey.journey_number
),

-- Where the record says that the carer adopted and the placements do not: the foster home that led up to the adoptive placement.
foster_home_before as (
    select
        adoptive_home.journey_number,
        min(before.home_start) as home_start
    from adoptive_home
    join home_of_journey as before
        on before.journey_number = adoptive_home.journey_number
        and before.home_number = adoptive_home.home_number - 1
        and before.foster
        and before.home_end >= adoptive_home.home.home_start
    where not adoptive_home.home.fostered_there
    group by adoptive_home.journey_number
),

recorded_move as (
    select
        journey_number,
        bool_or(coalesce(perm_adopted_by_carer_flag, false)) as by_carer,
        max(perm_placed_ffa_cp_date) filter (where perm_placed_ffa_cp_date between entered_care and until) as early_date,
        max(perm_placed_for_adoption_date) filter (where perm_placed_for_adoption_date between entered_care and until) as placed_date
    from permanence
    group by journey_number
),

-- The day that is recorded is taken where the placements do not say where the child is, or was adopted from. Of carers with whom the
-- child was placed early and who adopted: from then, once the child was placed for adoption with them, or adopted.
moved_in as (
    select
        journey.journey_number,
        greatest(
            journey.entered_care,
            coalesce(
                case when recorded_move.by_carer then foster_home_before.home_start end,
                adoptive_home.home.home_start,
                case
                    when recorded_move.by_carer and (journey.adopted or recorded_move.placed_date is not null)
                        then recorded_move.early_date
                end,
                recorded_move.placed_date
            )
        ) as placed_date
    from journey
    left join adoptive_home using (journey_number)
    left join foster_home_before using (journey_number)
    left join lived_in using (journey_number)
    left join recorded_move
        on recorded_move.journey_number = journey.journey_number
        and (adoptive_home.journey_number is not null or journey.adopted or lived_in.placement_type is null)
    where adoptive_home.journey_number is not null
        or recorded_move.placed_date is not null
        or (journey.adopted and recorded_move.by_carer and recorded_move.early_date is not null)
),
