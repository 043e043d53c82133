-- title: children in care old enough for a pathway plan
-- parameters: age_months
select spine.as_at, spine.child_number
from spine
join child using (child_number)
where months_after(child.dob, $age_months) <= spine.as_at
