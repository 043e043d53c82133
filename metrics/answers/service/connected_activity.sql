-- What was done for connected persons in each month, of options and not of children. An option stands in the team that the child
-- has at the month's end, or, having left care, had at the end of the month before.
with month as (
    select
        as_at,
        lag(as_at) over (order by as_at) as after_date
    from (select unnest($dates::date[]) as as_at)
),

event as (
    select
        person_id,
        unnest([
            'referral', 'viability', 'assessment begun', 'assessment ended', 'panel', 'court application', 'order', 'closed'
        ]) as activity,
        unnest([
            referral_date, viability_date, assessment_start_date, assessment_end_date, panel_date, court_application_date,
            order_date, closed_date
        ]) as event_date
    from local_permanence_options
    where list_contains($option_types::varchar[], option_type)
        and referral_date is not null
),

whose as (
    select as_at, child_id, service, team, worker
    from spine
    where as_at = any($dates::date[])
    union
    select as_at, child_id, service, team, worker
    from listed
    where policy = $policy_id and rule = any($rules::varchar[]) and as_at = any($dates::date[])
),

in_month as (
    select
        month.as_at,
        event.activity,
        event.person_id,
        coalesce(here.service, before.service, 'No service recorded') as service,
        coalesce(here.team, before.team, 'No team recorded') as team,
        coalesce(here.worker, before.worker, 'No worker recorded') as worker
    from event
    join month
        on event.event_date > month.after_date
        and event.event_date <= month.as_at
    left join whose as here on here.as_at = month.as_at and here.child_id = event.person_id
    left join whose as before on before.as_at = month.after_date and before.child_id = event.person_id
)

select
    as_at,
    activity,
    service,
    team,
    worker,
    count(*) as options
from in_month
where in_scope(service, team, worker, person_id)
group by all
