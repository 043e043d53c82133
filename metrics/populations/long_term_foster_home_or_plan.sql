-- title: children in a long-term foster placement, or with that plan
-- parameters: option
select as_at, child_number
from spine
where placement_long_term_foster or list_contains(options, $option)
