-- title: children under {under_age} in care, in pre-proceedings or in proceedings
-- parameters: under_age
select followed.as_at, followed.child_number
from followed_on_day as followed
join child using (child_number)
where age_in_years(coalesce(child.dob, child.expected_dob), followed.as_at) < $under_age
