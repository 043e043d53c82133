-- Each file of Episodes is a return. Which year it is, its dates say: the year to 31 March after the last start of an episode in it. The
-- returns are in the order of those dates; any other file belongs to the return whose Episodes hold most of its children.
create or replace temp table return_order as
select
    file,
    row_number() over (order by last_start, last_end nulls first, file) as return_number,
    year(last_start) + (month(last_start) > 3)::integer as return_year
from (select file, max(decom) as last_start, max(dec) as last_end from ssda903_episodes group by file);

create or replace temp table file_return as
with children as (
    select distinct file, child from ssda903_header
    union all
    select distinct file, child from ssda903_uasc
    union all
    select distinct file, child from ssda903_ad1
    union all
    select distinct file, child from ssda903_placed_adoption
    union all
    select distinct file, child from ssda903_sw_episodes
),

sizes as (
    select file, count(*) as children from children group by file
),

episode_child as (
    select distinct file, child from ssda903_episodes
),

episode_sizes as (
    select file, count(*) as children from episode_child group by file
),

shared as (
    select
        children.file,
        return_order.return_number,
        count(*) / (any_value(sizes.children) + any_value(episode_sizes.children) - count(*)) as share
    from children
    join episode_child on episode_child.child = children.child
    join return_order on return_order.file = episode_child.file
    join sizes on sizes.file = children.file
    join episode_sizes on episode_sizes.file = episode_child.file
    group by children.file, return_order.return_number
)

select file, arg_max(return_number, (share, return_number)) as return_number
from shared
group by file;
