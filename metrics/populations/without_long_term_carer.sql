-- title: children who do not live with their intended long-term carers
select as_at, child_number
from long_term_home_on_day
where home is null
