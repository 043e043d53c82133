-- Every child in care on the day, and every child who has left care for whom something is followed, with each key stage that asks
-- something of the child. A stage that is a list of possibilities (`possible`) has no state of its own: it is, or is not yet.
with restricted as ({restricted}),

stage as (
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
        case when days_over >= 0 then 'possible' else 'not yet' end as state,
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
    dense_rank() over (order by not listed.in_care, listed.team, length(listed.child_id), listed.child_id)::integer as place,
    case when hidden then '{restricted_record}' else listed.child_id end as child_id,
    case when not hidden then person.pers_legacy_id end as legacy_id,
    case when not hidden then trim(concat_ws(' ', person.pers_forename, person.pers_surname)) end as name,
    case when not hidden then age_in_years(person.pers_dob, $as_at::date) end as age,
    listed.service,
    listed.team,
    case when hidden then '{restricted_record}' else listed.worker end as worker,
    listed.in_care,
    case when not hidden then listed.entered_care end as entered_care,
    stage.rule,
    stage.state,
    case when not hidden then stage.since end as since,
    case when not hidden then stage.due_date end as due_date,
    case when not hidden then stage.done_date end as done_date,
    case when not hidden then stage.days_over end as days_over,
    case when not hidden then stage.detail end as detail
from followed as listed
join ssd_person as person on person.rowid = listed.child_number
left join stage using (child_number)
cross join lateral (select listed.child_id in (select person_id from restricted) as hidden)
where {within}
    and ($child_id::varchar is null or (listed.child_id = $child_id and not hidden))
order by place, stage.due_date nulls last, stage.rule
