-- title: children who left care in the last six months
select as_at, child_number
from left_care_on_day
