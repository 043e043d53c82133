-- The permanence options explored for the child, as the Permanency Planning Progress form has them.
select
    'local_permanence_options' as table_name,
    explored.source_row,
    explored.option_id as record_id,
    case explored.option_type
        when 'RETURN_HOME' then 'Return home'
        when 'CONNECTED_PERSON' then 'Connected person'
        when 'SGO' then 'Special guardianship'
        when 'CAO' then 'Child arrangements order'
        when 'LTF' then 'Long-term fostering'
        when 'RESIDENTIAL' then 'Residential'
        when 'EARLY_PERMANENCE' then 'Early permanence'
        else 'Adoption'
    end
        || case when explored.is_primary then ' (primary)' else '' end
        || coalesce(', ' || explored.carer_label, '')
        || case when explored.viability_date <= $as_at
            then '; viability on ' || strftime(explored.viability_date, '%d/%m/%Y')
                || coalesce(': ' || explored.viability_outcome, '') else '' end
        || case when explored.assessment_end_date <= $as_at
            then '; assessed by ' || strftime(explored.assessment_end_date, '%d/%m/%Y')
                || coalesce(': ' || explored.assessment_outcome, '') else '' end as says,
    least(explored.referral_date, explored.viability_date, explored.assessment_start_date) as from_date,
    least(explored.order_date, explored.closed_date) as to_date
from local_permanence_options as explored
where explored.person_id = $child_id
    and least(explored.referral_date, explored.viability_date, explored.assessment_start_date) <= $as_at
