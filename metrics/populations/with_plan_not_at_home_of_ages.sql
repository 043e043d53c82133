-- title: children aged {from_age} or over and under {below_age} whose plan is not to be at home
-- parameters: from_age, below_age, at_home
select as_at, child_number
from spine
where len(options) > 0
    and not list_has_any(options, $at_home::varchar[])
    and age >= $from_age
    and age < $below_age
