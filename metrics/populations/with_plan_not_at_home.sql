-- title: children whose plan is not to be at home
-- parameters: at_home
select as_at, child_number
from spine
where len(options) > 0 and not list_has_any(options, $at_home::varchar[])
