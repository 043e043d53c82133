-- title: children with {option} in their plan
-- parameters: option
select as_at, child_number
from spine
where list_contains(options, $option)
