-- title: children on the Permanence Monitoring Group's list
-- parameters: weeks_before_entry
select as_at, child_number
from monitored_on_day($weeks_before_entry)
