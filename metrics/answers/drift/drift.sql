-- How lists moved between pairs of dates: who is new, still there, resolved, has left care, came back, or moved between teams.
-- A child is on a rule's list when at or over its limit, as for every figure. What a list says of a child on a day counts only where the
-- reader may see the child on that day (in_reach): of one who was with others on the other date it tells that, and no more.
with pair as (
    select
        unnest($first_dates::date[]) as first_date,
        unnest($second_dates::date[]) as second_date
),

now_known as (
    select
        listed.as_at,
        listed.rule,
        listed.child_id,
        listed.service,
        listed.team,
        listed.worker,
        listed.since,
        listed.limit_date,
        listed.days_over,
        in_scope(listed.service, listed.team, listed.worker, listed.child_id) as in_scope
    from {listed} as listed
    where listed.policy = $policy_id
        and (list_contains($first_dates::date[], listed.as_at) or list_contains($second_dates::date[], listed.as_at))
        and list_contains($rules::varchar[], listed.rule)
        and listed.on_list
        and in_reach(listed.service, listed.team, listed.worker, listed.child_id)
),

-- A first list as it was reported then; no rows, unless it is asked about.
reported as (
    select
        listed.*,
        in_scope(listed.service, listed.team, listed.worker, listed.child_id) as in_scope
    from {reported} as listed
    where list_contains($rules::varchar[], listed.rule)
        and in_reach(listed.service, listed.team, listed.worker, listed.child_id)
),

first_list as (
    select
        pair.*,
        now_known.* exclude (as_at),
        null::boolean as was_in_care
    from pair
    join now_known on now_known.as_at = pair.first_date
    where not $as_reported
    union all by name
    select
        pair.*,
        reported.*
    from pair
    cross join reported
),

second_list as (
    select
        pair.*,
        now_known.* exclude (as_at)
    from pair
    join now_known on now_known.as_at = pair.second_date
),

-- Who was on a list on any of the dates looked at.
ever_listed as (
    select listed.rule, listed.child_id, listed.as_at
    from {listed} as listed
    where listed.policy = $policy_id
        and list_contains($dates::date[], listed.as_at)
        and list_contains($rules::varchar[], listed.rule)
        and listed.on_list
        and in_reach(listed.service, listed.team, listed.worker, listed.child_id)
    union all
    select listed.rule, listed.child_id, listed.as_at
    from {earlier} as listed
    where in_reach(listed.service, listed.team, listed.worker, listed.child_id)
),

first_listed as (
    select
        rule,
        child_id,
        min(as_at) as as_at,
        max(as_at) filter (where as_at < $first_day) as last_before,
        bool_or(as_at = $first_day) as on_first_day
    from ever_listed
    group by all
),

placed as (
    select
        first_date,
        second_date,
        rule,
        child_id,
        coalesce(first_list.in_scope, false) as first_here,
        coalesce(second_list.in_scope, false) as second_here,
        first_list.days_over is not null as first_listed,
        second_list.days_over is not null as second_listed,
        first_list.was_in_care,
        first_list.service as first_service,
        first_list.team as first_team,
        first_list.worker as first_worker,
        second_list.service as second_service,
        second_list.team as second_team,
        second_list.worker as second_worker,
        coalesce(second_list.since, first_list.since) as since,
        coalesce(second_list.limit_date, first_list.limit_date) as limit_date,
        coalesce(second_list.days_over, first_list.days_over) as days_over
    from first_list
    full join second_list using (first_date, second_date, rule, child_id)
    where coalesce(first_list.in_scope, false) or coalesce(second_list.in_scope, false)
),

-- On the first list as now known, although it was not reported: recorded late, which is no return.
traced as (
    select
        placed.*,
        first_listed.as_at < placed.first_date as listed_before,
        first_listed.last_before,
        $as_reported and first_listed.on_first_day and not placed.first_listed as recorded_late
    from placed
    left join first_listed using (rule, child_id)
),

-- Whose team or service a child was on a day, on a list or not.
known as (
    select
        known.*,
        in_reach(known.service, known.team, known.worker, known.child_id) as in_reach
    from {known} as known
    where list_contains($first_dates::date[], known.as_at) or list_contains($second_dates::date[], known.as_at)
)

select
    traced.*,
    case when after.in_reach then after.service end as service_after,
    case when after.in_reach then after.team end as team_after,
    case
        when first_here and second_here then 'still'
        when second_here and (first_listed or not before.in_reach) then 'moved in'
        when second_here and listed_before and not recorded_late then 're-entered'
        when second_here then 'new'
        when second_listed or not after.in_reach then 'moved out'
        when coalesce(was_in_care, before.in_care) and not coalesce(after.in_care, false) then 'left care'
        else 'resolved'
    end as movement
from traced
left join known as before
    on before.as_at = traced.first_date
    and before.child_id = traced.child_id
left join known as after
    on after.as_at = traced.second_date
    and after.child_id = traced.child_id
