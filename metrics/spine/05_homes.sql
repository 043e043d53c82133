-- One home: all the time a child lives with the same carer in the same place, whatever the placement is called. A home begins when the
-- child moves to another provider, URN or postcode; a change of placement code in the same home is no move. A placement goes on with
-- the home of the lasting one before it
--   * when it is with the current foster carer (A3 A5), or its first episode says so (start reason T or U: the same carer);
--   * when provider, URN and postcode are the same and no day lies between. Where the postcode is not known, only the way back from a
--     temporary placement to one of the same type counts as the same home (an agency's URN is that of all its carers).
-- A temporary placement that begins by the day the home was left is part of that home; any other is a home of its own.
-- term: home_placement: The placements that make up a home: all the time a child lives with the same carer in the same place. A home
--      begins when the child moves to another provider, URN or postcode.
-- term: home_placement.placement_id: The placement's identifier.
-- term: home_placement.placement_type: The type of the placement.
-- term: home_placement.temporary: Whether it is a temporary placement (types T0 to T4).
-- term: home_placement.adoptive: Whether it is a placement with adopters.
-- term: home_placement.foster: Whether it is a foster placement.
-- term: home_placement.start_date: The day on which the placement began.
-- term: home_placement.end_date: The day on which the placement ended.
-- term: home_placement.home_number: The number of the home among the child's; below 0 for a temporary placement that interrupts none.
-- term: home_placement.home_start: The day on which the home began.
-- term: home_placement.home_end: The day on which the home ended; a far day where it goes on.
-- term: home_placement.fostered_there: Whether the child was fostered in this home, for some time or all of it.
create or replace temp table home_placement as
with covered as (
    select
        *,
        max(coalesce(end_date, date '9999-12-31')) over before_it as covered_until,
        max(case when not temporary then turn end) over before_it as lasting_turn_before,
        coalesce(lag(temporary) over (partition by child_number order by turn), false) as was_temporary
    from placement
    window before_it as (partition by child_number order by turn rows between unbounded preceding and 1 preceding)
),

unbroken as (
    select
        *,
        count(*) filter (where covered_until is null or covered_until < start_date) over (
            partition by child_number
            order by turn
        ) as unbroken_number
    from covered
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

joined as (
    select
        current.*,
        coalesce(list_contains(type_code.groups, 'adoptive'), false) as adoptive,
        coalesce(list_contains(type_code.groups, 'foster'), false) as foster,
        before.turn is not null and case
            when current.temporary then before.unbroken_number = current.unbroken_number
            else coalesce(current.placement_type in ('A3', 'A5'), false)
                or coalesce(list_contains(reason_code.groups, 'placement'), false)
                or (
                    before.unbroken_number = current.unbroken_number
                    and before.provider is not distinct from current.provider
                    and before.urn is not distinct from current.urn
                    and before.postcode is not distinct from current.postcode
                    and (
                        current.postcode is not null
                        or (current.was_temporary and before.placement_type is not distinct from current.placement_type)
                    )
                )
        end as goes_on
    from unbroken as current
    left join unbroken as before
        on before.child_number = current.child_number
        and before.turn = current.lasting_turn_before
    left join first_episode
        on first_episode.child_number = current.child_number
        and first_episode.placement_id = current.placement_id
    left join codes as type_code
        on type_code.code_set = 'placement_type' and type_code.code = current.placement_type
    left join codes as reason_code
        on reason_code.code_set = 'episode_start_reason' and reason_code.code = first_episode.start_reason
),

numbered as (
    select
        *,
        case
            when temporary and not goes_on then -turn
            else count(*) filter (where not temporary and not goes_on) over (partition by child_number order by turn)
        end as home_number
    from joined
)

select
    child_number,
    turn,
    placement_row,
    placement_id,
    placement_type,
    temporary,
    adoptive,
    foster,
    start_date,
    end_date,
    home_number,
    min(start_date) over of_home as home_start,
    max(case when not temporary or home_number < 0 then coalesce(end_date, date '9999-12-31') end) over of_home as home_end,
    bool_or(not temporary and not adoptive) over of_home as fostered_there
from numbered
window of_home as (partition by child_number, home_number);

-- Placement moves: episodes with start reason P or B, not into a temporary placement, and not to the home in which the child lived
-- already.
-- term: placement_move: Moves from one home to another: not into a temporary placement, not back from one to the same home, and not a
--      change of placement code in the same home.
-- cases: Placement moves
-- term: placement_move.start_date: The day of the move.
create or replace temp table placement_move as
with lived_in as (
    select
        episode.child_number,
        episode.turn,
        episode.cla_id,
        episode.start_date,
        episode.start_reason,
        coalesce(home.temporary, false) as temporary,
        home.home_number
    from episode
    left join home_placement as home
        on home.child_number = episode.child_number
        and home.placement_id = episode.placement_id
),

with_the_one_before as (
    select
        *,
        lag(home_number) over (partition by child_number order by turn) as home_number_before
    from lived_in
)

select
    moved.child_number,
    moved.cla_id,
    moved.start_date
from with_the_one_before as moved
join codes
    on codes.code_set = 'episode_start_reason'
    and codes.code = moved.start_reason
    and list_contains(codes.groups, 'move')
where not moved.temporary
    and (moved.home_number is null or moved.home_number is distinct from moved.home_number_before);

-- Since when a child in a placement has lived in the same one. Placed for adoption counts with the placement before: where the
-- adopters' home began with the move to them, the home before it goes on in it. (Views: a night whose policies do not ask for them
-- does not pay for them.)
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
    where home_number > 0
)

select
    lived_in.child_number,
    lived_in.placement_row,
    case
        when not lived_in.fostered_there and home_before.home_number is not null then home_before.home_start
        else lived_in.home_start
    end as settled_start
from home_placement as lived_in
left join home as home_before
    on home_before.child_number = lived_in.child_number
    and home_before.home_number = lived_in.home_number - 1
where lived_in.home_number > 0;
