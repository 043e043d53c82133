-- title: children in care whose last assessment of brothers and sisters says apart
-- needs: local_sibling_assessments
select as_at, child_number
from last_sibling_assessment_on_day
where outcome = 'APART'
