-- The options explored for the children in care on the day, as the Permanency Planning Progress form has them: how far each has
-- come, and what came of it. `says` is the option in a line.
with explored as (
    select
        on_day.child_id,
        on_day.option_id,
        recorded.source_row,
        case on_day.option_type
            when 'RETURN_HOME' then 'return home'
            when 'CONNECTED_PERSON' then 'connected person'
            when 'SGO' then 'special guardianship'
            when 'CAO' then 'child arrangements order'
            when 'LTF' then 'long-term fostering'
            when 'RESIDENTIAL' then 'residential'
            when 'EARLY_PERMANENCE' then 'early permanence'
            else 'adoption'
        end as option,
        on_day.carer_label as carer,
        on_day.is_primary,
        on_day.whose,
        on_day.finished,
        on_day.begun_date,
        case
            when recorded.order_date <= $as_at then 'order made'
            when recorded.closed_date <= $as_at then 'closed' || coalesce(', ' || lower(recorded.closed_reason), '')
            when recorded.court_application_date <= $as_at then 'court application made'
            when recorded.panel_date <= $as_at then 'at panel'
            when recorded.assessment_end_date <= $as_at then 'assessed'
            when recorded.assessment_start_date <= $as_at then 'being assessed'
            when recorded.viability_date <= $as_at then 'viability assessed'
            else 'referred'
        end as stage,
        case
            when recorded.order_date <= $as_at then recorded.order_date
            when recorded.closed_date <= $as_at then recorded.closed_date
            when recorded.court_application_date <= $as_at then recorded.court_application_date
            when recorded.panel_date <= $as_at then recorded.panel_date
            when recorded.assessment_end_date <= $as_at then recorded.assessment_end_date
            when recorded.assessment_start_date <= $as_at then recorded.assessment_start_date
            when recorded.viability_date <= $as_at then recorded.viability_date
            else recorded.referral_date
        end as stage_date,
        case
            when recorded.assessment_end_date <= $as_at then recorded.assessment_outcome
            when recorded.viability_date <= $as_at then recorded.viability_outcome
        end as outcome
    from explored_option_on_day($negative_outcomes) as on_day
    join local_permanence_options as recorded using (option_id)
    where on_day.as_at = $as_at
        and ($child_id::varchar is null or on_day.child_id = $child_id)
)

select
    *,
    option
        || coalesce(' (' || carer || ')', '')
        || case when is_primary then ', primary' else '' end
        || ': ' || stage || coalesce(' ' || strftime(stage_date, '%d/%m/%Y'), '')
        || coalesce(', outcome ' || lower(outcome), '') as says
from explored
