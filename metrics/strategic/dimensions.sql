-- The children in care on a day: one row for each child and grouping, with the child's category.
with described as (
    select
        spine.child_id,
        spine.service,
        spine.options,
        age_group(spine.age) as age,
        sex_in_words(person.pers_sex) as sex,
        coalesce(
            list_extract(
                $ethnic_groups::varchar[],
                list_position($ethnic_codes::varchar[], upper(trim(person.pers_ethnicity)))
            ),
            'Not known'
        ) as ethnicity,
        legal_status_group(legal.groups) as legal_status,
        placement_group(placement.groups) as placement,
        plan_group(spine.options) as plan
    from spine
    join ssd_person as person on person.rowid = spine.child_number
    left join codes as legal on legal.code_set = 'legal_status' and legal.code = spine.legal_status
    left join codes as placement on placement.code_set = 'placement_type' and placement.code = spine.placement_type
    where spine.as_at = $as_at
),

grouped as (
    unpivot (select child_id, service, age, sex, ethnicity, legal_status, placement, plan from described)
    on age, sex, ethnicity, legal_status, placement, plan
    into name dimension value category
)

select
    child_id,
    service,
    dimension,
    category
from grouped
union all
-- Each option of the plan, alone or beside others: not printed, but the lists of the tracker lie within these.
select
    child_id,
    service,
    'option' as dimension,
    unnest(options) as category
from described
