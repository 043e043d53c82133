-- title: children in care, in pre-proceedings or in proceedings
select as_at, child_number
from followed_on_day
