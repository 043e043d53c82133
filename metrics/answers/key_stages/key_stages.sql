-- Every child in care on the day, and every child who has left care for whom something is followed, with each key stage that asks
-- something of the child. A stage that is a list of possibilities (`possible`) has no state of its own: it is, or is not yet.
with stage as (
    select
        child_number,
        child_id,
        service,
        team,
        worker,
        rule,
        state,
        since,
        limit_date as due_date,
        done_date,
        case when state in ('overdue', 'due') then as_at - limit_date end as days_over,
        detail
    from milestone
    where policy = $policy_id
        and as_at = $as_at
    union all
    select
        child_number,
        child_id,
        service,
        team,
        worker,
        rule,
        case when on_list then 'possible' else 'not yet' end as state,
        since,
        limit_date as due_date,
        null as done_date,
        days_over,
        detail
    from listed
    where policy = $policy_id
        and as_at = $as_at
        and rule = any($possible::varchar[])
),

in_care as (
    select child_number, child_id, service, team, worker, entered_care
    from spine
    where as_at = $as_at
),

followed as (
    select *, true as in_care
    from in_care
    union all
    select distinct child_number, child_id, service, team, worker, null::date as entered_care, false as in_care
    from stage
    anti join in_care using (child_number)
)

select
    $as_at::date as as_at,
    dense_rank() over (
        order by not listed.in_care, listed.team, length(listed.child_id), listed.child_id, listed.child_number
    )::integer as place,
    listed.child_id,
    person.pers_legacy_id as legacy_id,
    person.name,
    age_in_years(person.pers_dob, $as_at::date) as age,
    listed.service,
    listed.team,
    listed.worker,
    listed.in_care,
    listed.entered_care,
    stage.rule,
    stage.state,
    dated.since,
    dated.due_date,
    dated.done_date,
    dated.days_over,
    stage.detail
from followed as listed
left join ssd_person as person on person.rowid = listed.child_number
left join stage using (child_number)
-- The days of a stage would tell whose it is: a restricted record has the state alone.
left join lateral (
    select stage.since, stage.due_date, stage.done_date, stage.days_over
    where person.rowid is not null
) as dated on true
where $child_id::varchar is null or listed.child_id = $child_id
order by place, stage.due_date nulls last, stage.rule
