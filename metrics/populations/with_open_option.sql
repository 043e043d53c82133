-- title: children in care with an option that is still pursued
-- parameters: negative_outcomes
-- needs: local_permanence_options
select distinct as_at, child_number
from explored_option_on_day($negative_outcomes::varchar[])
where pursued
