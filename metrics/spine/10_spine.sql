-- The spine: one row per child in care per reporting date, with every term of the definitions.
create or replace temp table spine_on_days as
with reviewed as (
    select
        child_in_care.as_at,
        child_in_care.child_number,
        last_review.review_date
    from child_in_care
    join last_review
        on last_review.cla_id = child_in_care.cla_id
        and last_review.review_date <= child_in_care.as_at
        and (last_review.next_review_date is null or last_review.next_review_date > child_in_care.as_at)
),

moved as (
    select
        child_in_care.as_at,
        child_in_care.child_number,
        count(*) as moves
    from child_in_care
    join placement_move
        on placement_move.child_number = child_in_care.child_number
        and placement_move.cla_id is not distinct from child_in_care.cla_id
        and placement_move.start_date > child_in_care.entered_care
        and placement_move.start_date <= child_in_care.as_at
    group by all
)

select
    child_in_care.as_at,
    child_in_care.child_number,
    child.child_id,
    coalesce(team_on_day.service, 'No service recorded') as service,
    coalesce(team_on_day.team, 'No team recorded') as team,
    coalesce(team_on_day.worker, 'No worker recorded') as worker,
    coalesce(team_on_day.unknown_team, false) as unknown_team,
    child_in_care.episode_row,
    child_in_care.cla_id,
    child_in_care.entered_care,
    age_in_years(child.dob, child_in_care.as_at) as age,
    age_in_years(child.dob, child_in_care.entered_care) as age_at_entry,
    (child_in_care.as_at - child_in_care.entered_care) // 7 as weeks_in_care,
    legal_status_set.shown as legal_status,
    legal_status_set.all_shown as legal_statuses,
    placement_on_day.placement_row,
    placement_on_day.placement_type,
    placement_on_day.start_date as placement_start,
    coalesce(placement_on_day.interrupted, false) as placement_interrupted,
    coalesce(list_contains(placement_code.groups, 'adoptive'), false) as placement_adoptive,
    coalesce(list_contains(placement_code.groups, 'early_permanence'), false) as placement_early_permanence,
    coalesce(list_contains(placement_code.groups, 'long_term_foster'), false) as placement_long_term_foster,
    placement_on_day.placement_row is not null and placement_on_day.placement_type is not null as placement_known,
    coalesce(moved.moves, 0) as placement_moves,
    plan_on_day.plan_row,
    coalesce(plan_on_day.options, []) as options,
    shown_plan(coalesce(plan_on_day.options, [])) as plan_shown,
    case
        when len(coalesce(plan_on_day.options, [])) > 0 then null
        else coalesce(plan_ran_out.since, child_in_care.entered_care)
    end as no_plan_since,
    case
        when len(coalesce(plan_on_day.options, [])) > 0 then null
        when plan_not_readable_on_day.child_number is not null then 'plan not readable'
        when plan_on_day.blank then 'blank plan'
        when plan_on_day.plan_row is not null then 'plan ended'
        else 'no plan recorded'
    end as no_plan_reason,
    placement_order_on_day.since as placement_order_since,
    placement_order_on_day.source as placement_order_source,
    adoption_match_on_day.match_date as adoption_match_date,
    guardianship_assessment_on_day.child_number is not null as guardianship_assessment_open,
    long_term_match_on_day.match_date as long_term_match_date,
    coalesce(long_term_match_on_day.ratified, false) as long_term_match_ratified,
    reviewed.review_date as last_review_date,
    pathway_plan_on_day.review_date as pathway_plan_date,
    in_proceedings_on_day.child_number is not null as in_proceedings
from child_in_care
join child using (child_number)
left join legal_status_set using (statuses)
left join team_on_day using (as_at, child_number)
left join placement_on_day using (as_at, child_number)
left join codes as placement_code
    on placement_code.code_set = 'placement_type'
    and placement_code.code = placement_on_day.placement_type
left join moved using (as_at, child_number)
left join plan_on_day using (as_at, child_number)
left join plan_ran_out using (as_at, child_number)
left join plan_not_readable_on_day using (as_at, child_number)
left join placement_order_on_day using (as_at, child_number)
left join adoption_match_on_day using (as_at, child_number)
left join guardianship_assessment_on_day using (as_at, child_number)
left join long_term_match_on_day using (as_at, child_number)
left join reviewed using (as_at, child_number)
left join pathway_plan_on_day using (as_at, child_number)
left join in_proceedings_on_day using (as_at, child_number)
order by child_in_care.as_at desc, child.child_number;

-- Since when each option on D has been the plan.
create or replace temp table option_clock_on_days as
select
    plan_on_day.as_at,
    plan_on_day.child_number,
    option_run.option,
    option_run.since
from plan_on_day
join child_in_care using (as_at, child_number)
join option_run
    on option_run.plan_row = plan_on_day.plan_row
    and option_run.entered_care = child_in_care.entered_care
where len(plan_on_day.options) > 0
order by plan_on_day.as_at desc, plan_on_day.child_number;
