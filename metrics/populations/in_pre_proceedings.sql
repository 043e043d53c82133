-- title: children in pre-proceedings, in care or not
-- needs: ssd_pre_proceedings
select distinct known.as_at, known.child_number
from known_on_day as known
join pre_proceedings
    on pre_proceedings.child_number = known.child_number
    and in_force(pre_proceedings.decision_date, pre_proceedings.ended_date, known.as_at)
