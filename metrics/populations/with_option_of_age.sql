-- title: children aged {ratified_by_review_age} or over with {option} in their plan
-- parameters: option, ratified_by_review_age
select as_at, child_number
from spine
where list_contains(options, $option) and age >= $ratified_by_review_age
