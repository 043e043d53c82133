-- The children whom a text finds: by either number, by the day of birth, or by a name that has every word of it.
with asked as (
    select list_filter(
        string_split_regex(regexp_replace(strip_accents(lower(trim($text))), '[''’.-]', '', 'g'), '\s+'),
        lambda word: word <> ''
    ) as words
),

found as (
    select
        person.rowid as child_number,
        person.pers_person_id as child_id,
        person.pers_legacy_id as legacy_id,
        person.name,
        person.pers_dob as dob,
        lower(trim($text)) in (lower(person.pers_person_id), lower(person.pers_legacy_id)) as by_number,
        regexp_replace(strip_accents(lower(person.name)), '[''’.-]', '', 'g') as letters
    from ssd_person as person
)

select
    found.child_id,
    found.legacy_id,
    found.name,
    case when found.dob <= $as_at then age_in_years(found.dob, $as_at) end as age,
    found.dob,
    known.service,
    known.team,
    known.worker,
    spine.child_number is not null as in_care
from found
cross join asked
left join known_on_day as known on known.child_number = found.child_number and known.as_at = $as_at
left join spine on spine.child_number = found.child_number and spine.as_at = $as_at
where coalesce(found.by_number, false)
    or found.dob = $born
    or (
        $by_name
        and len(asked.words) > 0
        and len(list_filter(asked.words, lambda word: not contains(coalesce(found.letters, ''), word))) = 0
    )
order by coalesce(found.by_number, false) desc, in_care desc, found.name, length(found.child_id), found.child_id
