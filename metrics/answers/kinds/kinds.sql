-- Of which kind each child in care is on a day: the groups by which lists are filtered.
with unaccompanied as (
{unaccompanied_on_day}
)

select
    spine.child_id,
    age_group(spine.age) as age_group,
    sex_in_words(person.pers_sex) as sex,
    legal_status_group(legal.groups) as legal_status,
    placement_group(placement.groups) as placement,
    case when unaccompanied.child_number is null then 'No' else 'Yes' end as unaccompanied,
    plan_group(spine.options) as plan,
    spine.worker,
    spine.service,
    spine.team
from spine
join ssd_person as person on person.rowid = spine.child_number
left join codes as legal on legal.code_set = 'legal_status' and legal.code = spine.legal_status
left join codes as placement on placement.code_set = 'placement_type' and placement.code = spine.placement_type
left join unaccompanied
    on unaccompanied.as_at = spine.as_at
    and unaccompanied.child_number = spine.child_number
where spine.as_at = $as_at
