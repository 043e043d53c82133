-- title: children who left care in the last 12 months
select as_at, child_number
from left_care_in_year
