-- title: children this applies to
select as_at, child_number
from due
where policy = $policy_id
    and rule = $rule_id
    and state not in ('before the policy', 'before the records')
