-- title: children in care under {under_age}
-- parameters: under_age
select as_at, child_number
from spine
where age < $under_age
