-- The open options of the children on the list, a row an option, with the days of the stages that have been reached.
select
    listed.child_id,
    explored.option_id,
    explored.option_type,
    explored.carer_label,
    explored.is_primary,
    explored.referral_date,
    case when explored.viability_date <= $as_at then explored.viability_date end as viability_date,
    case when explored.viability_date <= $as_at then explored.viability_outcome end as viability_outcome,
    case when explored.assessment_start_date <= $as_at then explored.assessment_start_date end as assessment_start_date,
    case when explored.assessment_end_date <= $as_at then explored.assessment_end_date end as assessment_end_date,
    case when explored.assessment_end_date <= $as_at then explored.assessment_outcome end as assessment_outcome,
    case when explored.panel_date <= $as_at then explored.panel_date end as panel_date,
    case when explored.court_application_date <= $as_at then explored.court_application_date end as court_application_date,
    $as_at - explored.referral_date as days_open
from listed
join local_permanence_options as explored
    on explored.person_id = listed.child_id
    and list_contains($option_types::varchar[], explored.option_type)
    and explored.referral_date <= $as_at
    and (explored.order_date is null or explored.order_date > $as_at)
    and (explored.closed_date is null or explored.closed_date > $as_at)
where listed.policy = $policy_id
    and listed.rule = any($rules::varchar[])
    and listed.as_at = $as_at
order by days_open desc, listed.child_id, explored.option_id
