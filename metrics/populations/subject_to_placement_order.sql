-- title: children subject to a placement order
select as_at, child_number
from spine
where placement_order_since is not null
