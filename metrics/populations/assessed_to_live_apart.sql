-- title: children in care whose last assessment of brothers and sisters says apart
-- needs: local_sibling_assessments
with assessed as (
    select
        spine.as_at,
        spine.child_number,
        recorded.outcome,
        recorded.assessed_date = max(recorded.assessed_date) over (partition by spine.as_at, spine.child_number) as is_last
    from spine
    join local_sibling_assessments as recorded
        on recorded.person_id = spine.child_id
        and recorded.outcome in ('TOGETHER', 'APART')
        and recorded.assessed_date between spine.entered_care and spine.as_at
)

select distinct as_at, child_number
from assessed
where is_last and outcome = 'APART'
