-- title: children in care whose second review has been held
-- needs: ssd_cla_reviews
select as_at, child_number
from second_review_on_day
where second_review_date is not null
