-- What the sheet shows with no date of its own holds on the day of the load and is not known of any day before: each row starts on that day,
-- and since when a plan has been the same is observed over the loads.
insert into ssd_cla_care_plan by name
select
    care.period_id as lacp_table_id,
    care.child as lacp_person_id,
    getvariable('as_at')::date as lacp_cla_care_plan_start_date,
    [care.plan] as lacp_ticks,
    [listed.option_name] as lacp_options,
    false as lacp_recovered,
    care.source_row
from care
join code_list as listed on listed.codes = 'plan_option' and listed.code = care.plan
where care.ceased is null or care.ceased > getvariable('as_at')::date
order by care.child;

-- Words that are in no list say something of a plan that cannot be told, which is another thing than no plan.
insert into unreadable_plans by name
select
    period_id as lacp_table_id,
    child as lacp_person_id,
    getvariable('as_at')::date as lacp_cla_care_plan_start_date,
    source_row
from care
where plan is null and plan_text is not null and (ceased is null or ceased > getvariable('as_at')::date)
order by child;

insert into ssd_department by name
select
    team as dept_team_id,
    team as dept_team_name,
    min(source_row) as source_row
from care
where team is not null
group by team
order by team;

insert into ssd_involvements by name
select
    period_id as invo_involvements_id,
    child as invo_person_id,
    worker as invo_professional_id,
    getvariable('role') as invo_professional_role_id,
    team as invo_professional_team,
    getvariable('as_at')::date as invo_involvement_start_date,
    source_row
from care
where (worker is not null or team is not null) and (ceased is null or ceased > getvariable('as_at')::date)
    and getvariable('role') is not null
order by child;

insert into ssd_professionals by name
select worker as prof_professional_id, worker as prof_professional_name, min(source_row) as source_row
from care
where worker is not null
group by worker
order by worker;

-- The last review and the last visit alone: which they are of how many is not known.
insert into ssd_cla_reviews by name
select
    period_id as clar_cla_review_id,
    period_id as clar_cla_id,
    child as clar_cla_person_id,
    last_review as clar_cla_review_date,
    false as clar_cla_review_cancelled,
    source_row
from care
where last_review is not null
order by child;

insert into ssd_cla_visits by name
select
    period_id as clav_cla_visit_id,
    period_id as clav_cla_id,
    child as clav_person_id,
    last_visit as clav_cla_visit_date,
    source_row
from care
where last_visit is not null
order by child;

insert into ssd_immigration_status by name
select
    period_id as immi_immigration_status_id,
    child as immi_person_id,
    'Unaccompanied asylum-seeking child (UASC) within the last 12 months' as immi_immigration_status,
    source_row
from care
where uasc
order by child;
