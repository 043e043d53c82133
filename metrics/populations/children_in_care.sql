-- title: children in care on the day
select as_at, child_number
from spine
