-- title: children in care for whom permanence has not been attained
-- parameters: approvers
select as_at, child_number
from permanence_not_attained_on_day($approvers::varchar[])
