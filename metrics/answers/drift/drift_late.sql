-- Late recording: the first list as now known against the one that was reported, child by child.
with hidden_record as ({restricted}),

now_known as (
    select
        listed.*,
        {within} as in_scope
    from {listed} as listed
    where listed.policy = $policy_id
        and listed.as_at = $first_day
        and list_contains($rules::varchar[], listed.rule)
        and listed.days_over >= 0
),

reported as (
    select
        listed.*,
        {within} as in_scope
    from {reported} as listed
    where list_contains($rules::varchar[], listed.rule)
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
    case when hidden then $restricted_record else compared.child_id end as child_id,
    case when not hidden then person.pers_legacy_id end as legacy_id,
    case when not hidden then trim(concat_ws(' ', person.pers_forename, person.pers_surname)) end as name,
    case when not hidden then age_in_years(person.pers_dob, $first_day) end as age,
    case when now_here then now_service else reported_service end as service,
    case when now_here then now_team else reported_team end as team,
    case when hidden then $restricted_record when now_here then now_worker else reported_worker end as worker,
    case when now_here then now_since else reported_since end as since,
    case when now_here then now_limit_date else reported_limit_date end as limit_date,
    case when now_here then now_days_over else reported_days_over end as days_over,
    case
        when hidden then null
        when now_here then reported_team
        else now_team
    end as other_team
from compared
left join ssd_person as person on person.pers_person_id = compared.child_id
cross join lateral (
    select compared.child_id in (select person_id from hidden_record)
        or (person.pers_person_id is null and $roles::varchar[] is not null) as hidden
)
order by
    list_position($rules::varchar[], compared.rule),
    difference,
    days_over desc,
    since,
    length(compared.child_id),
    compared.child_id
