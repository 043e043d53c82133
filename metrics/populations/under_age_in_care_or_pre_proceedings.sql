-- title: children under {under_age} in care or in pre-proceedings
-- parameters: under_age
select distinct known.as_at, known.child_number
from known_on_day as known
join child using (child_number)
left join ssd_pre_proceedings as pre_proceedings
    on pre_proceedings.prep_person_id = known.child_id
    and in_force(
        pre_proceedings.prep_pre_pro_decision_date,
        pre_proceedings.prep_agree_stepdown_issue_date,
        known.as_at
    )
where age_in_years(child.dob, known.as_at) < $under_age
    and (known.in_care or pre_proceedings.prep_person_id is not null)
