-- title: children in care for whom a parent or connected person is or was to be assessed
-- parameters: negative_outcomes
-- needs: local_permanence_options
select distinct as_at, child_number
from explored_option_on_day($negative_outcomes::varchar[])
where whose is not null
