-- title: children in pre-proceedings, in care or not
-- needs: ssd_pre_proceedings
select distinct known.as_at, known.child_number
from known_on_day as known
join ssd_pre_proceedings as pre_proceedings
    on pre_proceedings.prep_person_id = known.child_id
    and in_force(
        pre_proceedings.prep_pre_pro_decision_date,
        pre_proceedings.prep_agree_stepdown_issue_date,
        known.as_at
    )
