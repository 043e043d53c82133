-- Who reaches a limit within so many days if nothing changes: a row for each child and list.
select listed.rule, listed.child_number
from listed_unnamed as listed
where listed.policy = $policy_id
    and list_contains($rules::varchar[], listed.rule)
    and listed.as_at = $as_at
    and {which}
