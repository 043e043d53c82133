-- title: children on the Weekly Tracking Tool
-- parameters: within_months, over_months, under_age
select as_at, child_number
from spine
where months_after(entered_care, $within_months) > as_at
    and months_after(entered_care, $over_months) < as_at
    and age_at_entry < $under_age
