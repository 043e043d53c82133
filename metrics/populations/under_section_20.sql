-- title: children under section 20
select as_at, child_number
from order_on_day
where accommodated is not null
