-- A home is all the time a child lives with the same carer, whatever the placement is called: temporary placements are looked
-- through, and a placement goes on with the home of the one before when it is with the current foster carer (A3 A5), when its
-- first episode says so (start reason T or U: the same carer), or when it is the way back from a temporary one to the same home
-- (type, provider, URN and postcode). (Views: a night whose policies do not ask for them does not pay for them.)
-- term: home_placement: The placements that make up a home: all the time a child lives with the same carer. Temporary
--      placements are looked through.
-- term: home_placement.placement_type: The type of the placement.
-- term: home_placement.adoptive: Whether it is a placement with adopters.
-- term: home_placement.foster: Whether it is a foster placement.
-- term: home_placement.start_date: The day on which the placement began.
-- term: home_placement.end_date: The day on which the placement ended.
-- term: home_placement.home_number: The number of the home among the child's.
-- term: home_placement.home_start: The day on which the home began.
-- term: home_placement.home_end: The day on which the home ended; a far day where it goes on.
-- term: home_placement.fostered_there: Whether the child was fostered in this home, for some time or all of it.
create or replace temp view home_placement as
with with_the_one_before as (
    select
        placement.*,
        lag(temporary) over in_turn as was_temporary,
        lag(end_date) over in_turn as temporary_end_date
    from placement
    window in_turn as (partition by child_number order by turn)
),

first_episode as (
    select
        child_number,
        placement_id,
        arg_min({reason: start_reason}, turn).reason as start_reason
    from episode
    where placement_id is not null
    group by all
),

lasting as (
    select
        *,
        {
            placement_type: placement_type,
            provider: provider,
            urn: urn,
            postcode: postcode
        } as home,
        lag(home) over in_turn as home_before
    from with_the_one_before
    where not temporary
    window in_turn as (partition by child_number order by turn)
),

numbered as (
    select
        lasting.*,
        coalesce(list_contains(type_code.groups, 'adoptive'), false) as adoptive,
        coalesce(list_contains(type_code.groups, 'foster'), false) as foster,
        count(*) filter (
            where lasting.home_before is null
                or not (
                    coalesce(lasting.placement_type in ('A3', 'A5'), false)
                    or coalesce(list_contains(reason_code.groups, 'placement'), false)
                    or (
                        lasting.was_temporary
                        and coalesce(lasting.temporary_end_date >= lasting.start_date, true)
                        and lasting.home is not distinct from lasting.home_before
                    )
                )
        ) over (
            partition by lasting.child_number
            order by lasting.turn
        ) as home_number
    from lasting
    left join first_episode
        on first_episode.child_number = lasting.child_number
        and first_episode.placement_id = lasting.placement_id
    left join codes as type_code
        on type_code.code_set = 'placement_type' and type_code.code = lasting.placement_type
    left join codes as reason_code
        on reason_code.code_set = 'episode_start_reason' and reason_code.code = first_episode.start_reason
)

select
    child_number,
    placement_row,
    placement_type,
    adoptive,
    foster,
    start_date,
    end_date,
    home_number,
    min(start_date) over of_home as home_start,
    max(coalesce(end_date, date '9999-12-31')) over of_home as home_end,
    not bool_and(adoptive) over of_home as fostered_there
from numbered
window of_home as (partition by child_number, home_number);

-- Since when a child in a placement has lived in the same one. Placed for adoption counts with the placement before: where the
-- adopters' home began with the move to them, the home before it goes on in it.
-- term: settled_placement: Since when a child in a placement has lived in the same one. Placed for adoption counts with
--      the placement before.
-- term: settled_placement.settled_start: The day since which the child has lived there.
create or replace temp view settled_placement as
with home as (
    select distinct
        child_number,
        home_number,
        home_start
    from home_placement
)

select
    lived_in.child_number,
    lived_in.placement_row,
    case
        when lived_in.adoptive and not lived_in.fostered_there and home_before.home_number is not null then home_before.home_start
        else lived_in.home_start
    end as settled_start
from home_placement as lived_in
left join home as home_before
    on home_before.child_number = lived_in.child_number
    and home_before.home_number = lived_in.home_number - 1;
