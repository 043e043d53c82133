-- title: children under {under_age} in care for {months_in_care} months or more
-- parameters: under_age, months_in_care
select as_at, child_number
from spine
where months_after(entered_care, $months_in_care) <= as_at
    and age < $under_age
