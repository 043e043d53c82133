-- The other tables' files stand in the order of their returns too: a Header belongs to the return whose Episodes hold the same children,
-- and the files of a table with dates are in the order of their last ones.
create table raw.file_return as
with header_child as (
    select distinct file, child from ssda903_header
),

return_child as (
    select distinct return_number, child from ssda903_episodes join return_order using (file)
),

of_header as (
    select file, count(*) as children from header_child group by file
),

of_return as (
    select return_number, count(*) as children from return_child group by return_number
),

of_both as (
    select file, return_number, count(*) as children
    from header_child
    join return_child using (child)
    group by all
),

shared as (
    select
        file,
        return_number,
        of_both.children / (of_header.children + of_return.children - of_both.children) as share
    from of_both
    join of_header using (file)
    join of_return using (return_number)
),

dated as (
    select 'UASC' as kind, file, max(duc) as last_date from ssda903_uasc group by file
    union all
    select 'PlacedAdoption', file, max(greatest(date_placed, date_placed_ceased)) from ssda903_placed_adoption group by file
    union all
    select 'SWEpisodes', file, max(greatest(sw_decom, sw_dec)) from ssda903_sw_episodes group by file
)

select file, arg_max(return_number, (share, return_number)) as return_number
from shared
group by file
union all
select file, row_number() over (partition by kind order by last_date nulls first, file)
from dated;

-- People: the newest return's particulars of a child; what it leaves empty, the return before it says.
create table raw.return_person as
select
    header.child,
    -- Of what is filled in.
    arg_max(header.sex, place) as sex,
    arg_max(header.dob, place) as dob,
    arg_max(header.ethnic, place) as ethnic,
    max(header.source_row) as source_row,
    len(list_distinct(list(header.dob))) as births
from (
    -- Later returns are greater, and in a return earlier rows.
    select h.*, (coalesce(file_return.return_number, 0) << 32) - h.source_row as place
    from ssda903_header as h
    left join file_return using (file)
) as header
group by header.child;

insert into ssd_person by name
select
    child as pers_person_id,
    sex as pers_sex,
    ethnic as pers_ethnicity,
    dob as pers_dob,
    source_row
from return_person
order by child;

insert into flags
select
    'two_dates_of_birth', 'ssd_person', source_row, child, child,
    'The returns give ' || births || ' dates of birth; the newest, ' || strftime(dob, '%d/%m/%Y') || ', is used',
    'Correct DOB in the return, or in the case system.'
from return_person
where births > 1
order by child;

insert into ssd_immigration_status by name
select
    child || '-UASC' as immi_immigration_status_id,
    child as immi_person_id,
    'Unaccompanied asylum-seeking child (UASC)' as immi_immigration_status,
    arg_max(duc, coalesce(return_number, 0)) as immi_immigration_status_end_date,
    min(source_row) as source_row
from ssda903_uasc
left join file_return using (file)
group by child
order by child;

-- The newest return's word on each decision for adoption.
create table raw.adoption_decision as
select child, date_placed, date_placed_ceased, reason_placed_ceased
from ssda903_placed_adoption
left join file_return using (file)
where date_placed is not null
qualify row_number() over (partition by child, date_placed order by coalesce(return_number, 0) desc, source_row) = 1;
