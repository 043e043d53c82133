-- title: children in care with a brother or sister in care, assessed in this period of care
-- needs: local_sibling_assessments
select distinct spine.as_at, spine.child_number
from spine
join sibling_on_day using (as_at, child_number)
join local_sibling_assessments as assessment
    on assessment.person_id = spine.child_id
    and assessment.assessed_date between spine.entered_care and spine.as_at
