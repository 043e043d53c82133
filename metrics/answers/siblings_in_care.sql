-- Every child in care on the day whose family is known, by family.
with family_member as (
{family_member}
)

select
    spine.as_at,
    family_member.family,
    spine.child_id,
    spine.service,
    spine.team,
    spine.worker
from spine
join family_member on family_member.person_id = spine.child_id
where spine.as_at = $as_at
