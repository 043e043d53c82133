-- title: children matched and placed with long-term foster carers who are not relatives or friends
-- parameters: excepted
select as_at, child_number
from long_term_settled_on_day($excepted::varchar[])
