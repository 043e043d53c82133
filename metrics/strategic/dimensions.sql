-- The children in care on a day: one row for each child and grouping, with the child's category.
with described as (
    select
        spine.child_id,
        spine.service,
        spine.options,
        case
            when spine.age is null then 'Not known'
            when spine.age < 1 then 'Under 1'
            when spine.age < 5 then '1 to 4'
            when spine.age < 10 then '5 to 9'
            when spine.age < 16 then '10 to 15'
            else '16 and 17'
        end as age,
        case person.pers_sex when 'F' then 'Female' when 'M' then 'Male' else 'Not known' end as sex,
        coalesce(
            list_extract(
                $ethnic_groups::varchar[],
                list_position($ethnic_codes::varchar[], upper(trim(person.pers_ethnicity)))
            ),
            'Not known'
        ) as ethnicity,
        case
            when legal.groups is null then 'No legal status recorded'
            when list_contains(legal.groups, 'placement_order') or list_contains(legal.groups, 'freeing_order') then 'Placement order'
            when list_contains(legal.groups, 'interim_care_order') then 'Interim care order'
            when list_contains(legal.groups, 'care_order') then 'Care order'
            when list_contains(legal.groups, 'accommodated') then 'Accommodated by agreement (section 20)'
            else 'Protection, remand or other'
        end as legal_status,
        case
            when placement.groups is null then 'Not known'
            when list_contains(placement.groups, 'adoptive') then 'Placed for adoption'
            when list_contains(placement.groups, 'foster') and list_contains(placement.groups, 'relatives_or_friends')
                then 'Fostered by relatives or friends'
            when list_contains(placement.groups, 'foster') then 'Fostered by others'
            when list_contains(placement.groups, 'residential') then 'Residential'
            when list_contains(placement.groups, 'with_parents') then 'With parents'
            when list_contains(placement.groups, 'supported') then 'Supported or independent'
            else 'Other or temporary'
        end as placement,
        case
            when len(spine.options) = 0 then 'No current plan'
            when len(spine.options) > 1 then 'Parallel plan'
            else upper(spine.options[1][1]) || replace(spine.options[1][2:], '_', ' ')
        end as plan
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
