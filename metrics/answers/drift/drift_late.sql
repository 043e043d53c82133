-- Late recording: the first list as now known against the one that was reported, child by child. A list that has the child with others
-- than the reader may see (in_reach) counts as one without the child.
with now_known as (
    select
        listed.*,
        in_scope(listed.service, listed.team, listed.worker, listed.child_id) as in_scope
    from {listed} as listed
    where listed.policy = $policy_id
        and listed.as_at = $first_day
        and list_contains($rules::varchar[], listed.rule)
        and listed.on_list
        and in_reach(listed.service, listed.team, listed.worker, listed.child_id)
),

reported as (
    select
        listed.*,
        in_scope(listed.service, listed.team, listed.worker, listed.child_id) as in_scope
    from {reported} as listed
    where list_contains($rules::varchar[], listed.rule)
        and in_reach(listed.service, listed.team, listed.worker, listed.child_id)
),

compared as (
    select
        rule,
        child_id,
        coalesce(now_known.in_scope, false) as now_here,
        coalesce(reported.in_scope, false) as reported_here,
        now_known.days_over is not null as now_listed,
        now_known.service as now_service,
        now_known.team as now_team,
        now_known.worker as now_worker,
        reported.service as reported_service,
        reported.team as reported_team,
        reported.worker as reported_worker,
        now_known.since as now_since,
        now_known.limit_date as now_limit_date,
        now_known.days_over as now_days_over,
        reported.since as reported_since,
        reported.limit_date as reported_limit_date,
        reported.days_over as reported_days_over
    from now_known
    full join reported using (rule, child_id)
    where coalesce(now_known.in_scope, false) != coalesce(reported.in_scope, false)
)

select
    compared.rule,
    case when now_here then $differences[1] else $differences[2] end as difference,
    compared.child_id,
    case when now_here then now_service else reported_service end as service,
    case when now_here then now_team else reported_team end as team,
    case when now_here then now_worker else reported_worker end as worker,
    case when now_here then now_since else reported_since end as since,
    case when now_here then now_limit_date else reported_limit_date end as limit_date,
    case when now_here then now_days_over else reported_days_over end as days_over,
    case when now_here then reported_team else now_team end as other_team
from compared
