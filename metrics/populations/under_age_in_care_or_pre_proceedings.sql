-- title: children under {under_age} in care or in pre-proceedings
-- parameters: under_age
select distinct known.as_at, known.child_number
from known_on_day as known
join child using (child_number)
left join pre_proceedings
    on pre_proceedings.child_number = known.child_number
    and in_force(pre_proceedings.decision_date, pre_proceedings.ended_date, known.as_at)
where age_in_years(coalesce(child.dob, child.expected_dob), known.as_at) < $under_age
    and (known.in_care or pre_proceedings.child_number is not null)
