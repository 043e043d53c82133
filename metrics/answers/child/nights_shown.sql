-- What the nights up to a day showed of one child's plan, as stretches of nights that showed the same.
with shown as (
    select
        options,
        as_at as first_night,
        lead(as_at) over (order by as_at) as changed_night
    from observed_plan
    where child_id = $child_id and as_at <= $as_at
)

select
    case when shown.options is null then 'not in care' else coalesce(shown_plan(shown.options), 'no option') end as shown,
    min(night.as_at) as first_night,
    max(night.as_at) as last_night,
    count(*) as nights
from shown
join observed_night as night
    on night.as_at between shown.first_night and $as_at
    and (shown.changed_night is null or night.as_at < shown.changed_night)
group by shown.options, shown.first_night
order by first_night
