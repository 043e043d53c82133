-- Two people of one name and one date of birth: perhaps one child under two numbers, whose history is then split.
with people as (
    select
        pers_person_id,
        source_row,
        lower(trim(pers_forename)) as forename,
        lower(trim(pers_surname)) as surname,
        pers_dob
    from ssd_person
    where pers_dob is not null
        and trim(pers_forename) <> ''
        and trim(pers_surname) <> ''
),
twins as (
    select
        forename,
        surname,
        pers_dob,
        list(pers_person_id order by length(pers_person_id), pers_person_id) as numbers
    from people
    group by forename, surname, pers_dob
    having count(*) > 1
)
select
    'look_alike',
    'ssd_person',
    people.source_row,
    people.pers_person_id,
    people.pers_person_id,
    'Same name and date of birth as ' || list_aggregate(
        list_filter(twins.numbers, lambda number: number <> people.pers_person_id), 'string_agg', ', '
    ),
    'If this is one child, merge the records. If not, do nothing.'
from people
join twins using (forename, surname, pers_dob)
