-- People: what List 8 says of a child; what it leaves empty, List 10 says, then List 9. One who is on several lists is one person.
create or replace temp table listed_person as
select
    child,
    arg_min(sex, place) filter (where sex is not null) as sex,
    arg_min(date_of_birth, place) filter (where date_of_birth is not null) as date_of_birth,
    arg_min(ethnicity, place) filter (where ethnicity is not null) as ethnicity,
    arg_min(source_row, place) as source_row,
    count(distinct date_of_birth) as births
from (
    select child, sex, date_of_birth, ethnicity, source_row, (8, -source_row) as place from annex_a_list_8
    union all
    select child, sex, date_of_birth, ethnicity, source_row, (10, -source_row) from annex_a_list_10
    union all
    select child, sex, date_of_birth, ethnicity, source_row, (11, -source_row) from annex_a_list_9
)
group by child;

insert into ssd_person by name
select
    child as pers_person_id,
    sex as pers_sex,
    ethnicity as pers_ethnicity,
    date_of_birth as pers_dob,
    source_row
from listed_person
order by child;

insert into flags
select
    'two_dates_of_birth', 'ssd_person', source_row, child, child,
    'The lists give ' || births || ' dates of birth; ' || strftime(date_of_birth, '%d/%m/%Y') || ' is used',
    'Correct the date of birth in the case system, and make the workbook again.'
from listed_person
where births > 1
order by child;
