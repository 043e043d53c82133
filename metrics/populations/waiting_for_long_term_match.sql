-- title: children with {option} in their plan who wait for a match with carers
-- parameters: option, ratified_by_review_age
-- needs: local_carer_matches
select as_at, child_number
from awaiting_long_term_match($option, $ratified_by_review_age)
