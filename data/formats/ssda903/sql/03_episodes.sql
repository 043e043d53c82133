-- Episodes of all returns together, each with where it stands among its child's, and the period of care and the runs that it is of. Sorted
-- once: what follows reads them in this order (``over ()``) and sorts no more. An episode that stands in several returns is what the newest
-- of them says of it. Of two that start on one day, the one that ended that day came first.
create or replace table raw.run_episode as
with newest as (
    select child, decom, max(return_number) as return_number
    from ssda903_episodes
    join return_order using (file)
    group by child, decom
),

in_turn as (
    select
        episode.*,
        return_order.return_number,
        return_order.return_year,
        (select max(return_number) from return_order) as last_return
    from ssda903_episodes as episode
    join return_order using (file)
    semi join newest on newest.child = episode.child and newest.decom = episode.decom and newest.return_number = return_order.return_number
    anti join redated on redated.file = episode.file and redated.source_row = episode.source_row
    order by child, decom, dec nulls last, source_row
),

neighbours as (
    select
        *,
        row_number() over () as place_in_all,
        child is distinct from lag(child) over () as is_first,
        case when lead(child) over () = child then lead(decom) over () end as next_decom,
        case when lead(child) over () = child then lead(rne) over () end as next_rne,
        ls is distinct from lag(ls) over () as other_status,
        place is distinct from lag(place) over ()
        or place_provider is distinct from lag(place_provider) over ()
        or pl_post is distinct from lag(pl_post) over ()
        or urn is distinct from lag(urn) over () as other_place
    from in_turn
),

-- An episode left open ends where the child's next one starts; where there is none, and a newer return does not hold it, its end is not
-- known, and it is taken to be the last day of its return.
closed as (
    select
        * exclude (dec, rec, next_rne),
        dec is null and (next_decom is not null or return_number < last_return) as was_left_open,
        case
            when dec is not null then dec
            when next_decom is not null then next_decom
            when return_number < last_return then greatest(decom, make_date(return_year, 3, 31))
        end as dec,
        case
            when dec is not null then rec
            when next_decom is not null then case when next_rne = 'S' then 'E8' else 'X1' end
        end as rec
    from neighbours
),

before as (
    select
        *,
        case when not is_first then lag(rec) over () end as previous_rec,
        case when not is_first then lag(dec) over () end as previous_dec
    from closed
),

-- A period of care begins with an episode that starts care (S), or after one with which care ended. The runs: consecutive episodes of a
-- period with one legal status, and with one placement. A change of the one never restarts the other. (DuckDB joins a long ``in``, and
-- rows that were joined it does not number as they come: that takes twice as long.)
changes as (
    select
        *,
        is_first or coalesce(rne = 'S', false) or coalesce(previous_rec <> 'X1', false) as new_period,
        other_place or coalesce(rne = 'S' or rne = 'P' or rne = 'T' or rne = 'B' or rne = 'U', false) as other_placement
    from before
),

-- Counted over all children.
counted as (
    select
        *,
        count(case when new_period then true end) over (rows unbounded preceding) as periods,
        count(case when new_period or other_status then true end) over (rows unbounded preceding) as statuses,
        count(case when new_period or other_placement then true end) over (rows unbounded preceding) as placements,
        last_value(case when new_period then decom end ignore nulls) over (rows unbounded preceding) as entered_care,
        last_value(case when new_period then rne is not distinct from 'S' end ignore nulls) over (rows unbounded preceding) as began
    from changes
),

-- The same, counted from the child's first episode.
numbered as (
    select
        *,
        1 + place_in_all - max(case when is_first then place_in_all end) over (rows unbounded preceding) as turn,
        1 + periods - max(case when is_first then periods end) over (rows unbounded preceding) as period_number,
        1 + statuses - max(case when is_first then statuses end) over (rows unbounded preceding) as status_number,
        1 + placements - max(case when is_first then placements end) over (rows unbounded preceding) as placement_number
    from counted
)

select
    * exclude (
        line,
        trouble,
        return_year,
        last_return,
        place_in_all,
        is_first,
        new_period,
        other_status,
        other_place,
        other_placement,
        periods,
        statuses,
        placements,
        period_number
    ),
    child || '-' || period_number as period_id
from numbered;
