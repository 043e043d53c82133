-- title: children matched with long-term foster carers
select as_at, child_number
from spine
where long_term_match_date is not null
