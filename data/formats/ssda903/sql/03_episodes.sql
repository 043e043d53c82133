-- Episodes of all returns together, sorted once: what follows reads them in this order (``over ()``) and sorts no more. An episode that
-- stands in several returns is what the newest of them says of it. Of two that start on one day, the one that ended that day came first.
create table raw.episode_in_turn as
with newest as (
    select child, decom, max(return_number) as return_number
    from ssda903_episodes
    join return_order using (file)
    group by child, decom
)

select
    episode.*,
    return_order.return_number,
    return_order.return_year,
    (select max(return_number) from return_order) as last_return
from ssda903_episodes as episode
join return_order using (file)
semi join newest on newest.child = episode.child and newest.decom = episode.decom and newest.return_number = return_order.return_number
order by child, decom, dec nulls last, source_row;
