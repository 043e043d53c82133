-- title: children with a permanence option in their plan
select as_at, child_number
from spine
where len(options) > 0
