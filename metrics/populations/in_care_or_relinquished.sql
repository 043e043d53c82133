-- title: children in care, and relinquished children who are not
select as_at, child_number
from spine
union
select known.as_at, known.child_number
from known_on_day as known
join relinquishment
    on relinquishment.child_number = known.child_number
    and in_force(relinquishment.event_date, least(relinquishment.care_date, relinquishment.withdrawn_date), known.as_at)
