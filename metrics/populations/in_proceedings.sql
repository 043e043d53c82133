-- title: children in proceedings, in care or not
-- needs: local_care_proceedings
select distinct known.as_at, known.child_number
from known_on_day as known
join local_care_proceedings as proceedings
    on proceedings.person_id = known.child_id
    and in_force(proceedings.issued_date, proceedings.concluded_date, known.as_at)
