-- Two identifiers that differ in leading zeros alone: perhaps one child under both, because a spreadsheet took the zeros from one file.
with people as (
    select
        pers_person_id,
        source_row,
        ltrim(pers_person_id, '0') as number
    from ssd_person
),
twins as (
    select number, list(pers_person_id order by length(pers_person_id)) as numbers
    from people
    group by number
    having count(*) > 1
)
select
    'same_number',
    'ssd_person',
    people.source_row,
    people.pers_person_id,
    people.pers_person_id,
    'The same number but for leading zeros as ' || list_aggregate(
        list_filter(twins.numbers, lambda number: number <> people.pers_person_id), 'string_agg', ', '
    ),
    'If this is one child, export every file with the leading zeros: a spreadsheet leaves them out.'
from people
join twins using (number)
