-- Each file of Episodes is a return. Which year it is, its dates say: the year to 31 March after the last start of an episode in it. The
-- returns are in the order of those dates.
create or replace temp table return_order as
select
    file,
    row_number() over (order by last_start, last_end nulls first, file) as return_number,
    year(last_start) + (month(last_start) > 3)::integer as return_year
from (select file, max(decom) as last_start, max(dec) as last_end from ssda903_episodes group by file);

-- The other tables' files stand in the order of their returns too: a Header belongs to the return whose Episodes hold the same children,
-- and the files of a table with dates are in the order of their last ones.
create or replace temp table file_return as
with header_child as (
    select file, child, count(*) over (partition by file) as of_header from (select distinct file, child from ssda903_header)
),

return_child as (
    select file, child, count(*) over (partition by file) as of_return from (select distinct file, child from ssda903_episodes)
),

shared as (
    select
        header_child.file,
        return_child.file as return_file,
        count(*) / (any_value(of_header) + any_value(of_return) - count(*)) as share
    from header_child
    join return_child using (child)
    group by all
),

dated as (
    select 'UASC' as kind, file, max(duc) as last_date from ssda903_uasc group by file
    union all
    select 'PlacedAdoption', file, max(greatest(date_placed, date_placed_ceased)) from ssda903_placed_adoption group by file
    union all
    select 'SWEpisodes', file, max(greatest(sw_decom, sw_dec)) from ssda903_sw_episodes group by file
)

select shared.file, arg_max(return_number, (share, return_number)) as return_number
from shared
join return_order on return_order.file = return_file
group by shared.file
union all
select file, row_number() over (partition by kind order by last_date nulls first, file)
from dated;
