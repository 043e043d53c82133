-- Special guardianship and child arrangements assessments.
select
    'local_permanence_options' as table_name,
    explored.source_row,
    explored.option_id as record_id,
    'Assessment for ' || case explored.option_type when 'SGO' then 'special guardianship' else 'child arrangements' end as says,
    least(explored.referral_date, explored.assessment_start_date) as from_date,
    least(explored.order_date, explored.closed_date) as to_date
from local_permanence_options as explored
where explored.person_id = $child_id
    and explored.option_type in ('SGO', 'CAO')
    and least(explored.referral_date, explored.assessment_start_date) <= $as_at
