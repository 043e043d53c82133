-- title: children in care with a brother or sister in care
select distinct as_at, child_number
from sibling_on_day
