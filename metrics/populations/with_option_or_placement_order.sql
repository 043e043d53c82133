-- title: children with {option} in their plan, or subject to a placement order
-- parameters: option
select as_at, child_number
from spine
where list_contains(options, $option) or placement_order_since is not null
