-- People: the newest return's particulars of a child; what it leaves empty, the return before it says.
create or replace temp table return_person as
select
    header.child,
    arg_max(header.sex, place) filter (where header.sex is not null) as sex,
    arg_max(header.dob, place) filter (where header.dob is not null) as dob,
    arg_max(header.ethnic, place) filter (where header.ethnic is not null) as ethnic,
    max(header.source_row) as source_row,
    count(distinct header.dob) as births
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
