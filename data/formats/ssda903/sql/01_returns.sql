-- Each file of Episodes is a return. Which year it is, its dates say: the year to 31 March after the last start of an episode in it. The
-- returns are in the order of those dates.
create table raw.return_order as
select
    file,
    row_number() over (order by last_start, last_end nulls first, file) as return_number,
    year(last_start) + (month(last_start) > 3)::integer as return_year
from (select file, max(decom) as last_start, max(dec) as last_end from ssda903_episodes group by file);

-- Episodes that are not used, since a newer return has them under another first day.
create table raw.redated (file varchar, source_row integer);
