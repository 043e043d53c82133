-- A plan that is typed again starts again, and so hides a drift. What the nights themselves showed does not forget: observed_plan
-- has a row for a child on every night on which the plan showed something else than on the night before, and that stands until
-- the child's next row. Here are the stretches of nights on which a plan showed an option, cut where no night came for more than 28 days.
create or replace temp table observed_shown as
with night as (
    select
        as_at,
        lag(as_at) over (order by as_at) as night_before
    from observed_night
),

numbered as (
    select
        *,
        count(*) filter (where as_at - night_before > 28) over (order by as_at) as series_number
    from night
),

series as (
    select
        min(as_at) as first_night,
        max(as_at) as last_night
    from numbered
    group by series_number
),

shown as (
    select
        child.child_number,
        observed_plan.options,
        observed_plan.as_at as first_night,
        lead(observed_plan.as_at) over (partition by child.child_number order by observed_plan.as_at) as changed_night
    from observed_plan
    join child on child.child_id = observed_plan.child_id
)

select
    shown.child_number,
    shown.options,
    greatest(shown.first_night, series.first_night) as first_night,
    least(changed.night_before, series.last_night) as last_night
from shown
left join night as changed on changed.as_at = shown.changed_night
join series
    on series.last_night >= shown.first_night
    and (shown.changed_night is null or series.first_night < shown.changed_night)
where shown.options is not null;

create or replace temp table observed_stretch as
select * from observed_shown where len(options) > 0;

-- Where a plan has no start of its own: since when the nights before D, unbroken up to it, showed a child in care without an option.
create or replace temp table observed_blank as
select
    child_in_care.as_at,
    child_in_care.child_number,
    greatest(shown.first_night, child_in_care.entered_care) as since
from child_in_care
join observed_shown as shown
    on shown.child_number = child_in_care.child_number
    and shown.first_night < child_in_care.as_at
    and child_in_care.as_at - shown.last_night <= 28
where len(shown.options) = 0
    and not exists (
        select 1
        from observed_shown as later
        where later.child_number = shown.child_number
            and later.first_night > shown.first_night
            and later.first_night < child_in_care.as_at
    );

-- Within a period of care, the nights on or after entry.
create or replace temp table observed_in_care as
with first_night_in_care as (
    select
        period.child_number,
        period.entered_care,
        observed_night.as_at as first_night
    from period
    asof join observed_night on period.entered_care <= observed_night.as_at
)

select
    in_care.child_number,
    in_care.entered_care,
    stretch.options,
    greatest(stretch.first_night, in_care.first_night) as first_night,
    stretch.last_night,
    lag(stretch.options) over in_turn as options_before,
    lag(stretch.last_night) over in_turn as last_night_before,
    lead(stretch.first_night) over in_turn as next_night
from first_night_in_care as in_care
join observed_stretch as stretch
    on stretch.child_number = in_care.child_number
    and stretch.last_night >= in_care.entered_care
window in_turn as (partition by in_care.child_number, in_care.entered_care order by stretch.first_night);

-- The first night of each option's unbroken run, as a recorded run is told: nights that showed others and not this one break it,
-- and so do more than 28 days from one night that showed it to the next.
create or replace temp table observed_run as
with option_shown as (
    select
        * exclude (options),
        unnest(options) as option
    from observed_in_care
),

numbered as (
    select
        *,
        count(*) filter (
            where options_before is null
                or not list_contains(options_before, option)
                or first_night - last_night_before > 28
        ) over (
            partition by child_number, entered_care, option
            order by first_night
        ) as run_number
    from option_shown
)

select
    child_number,
    entered_care,
    option,
    first_night,
    last_night,
    next_night,
    min(first_night) over (partition by child_number, entered_care, option, run_number) as since
from numbered;

-- The run that reaches D: the last nights before D that showed an option showed this one, at most 28 days before. (Nights that
-- went on showing it after D are of one series with the last before D, which is then near enough.)
create or replace temp table observed_on_day as
select
    recorded.as_at,
    recorded.child_number,
    recorded.option,
    run.since
from recorded_clock as recorded
join observed_run as run
    on run.child_number = recorded.child_number
    and run.entered_care = recorded.entered_care
    and run.option = recorded.option
    and run.first_night < recorded.as_at
    and (run.next_night is null or run.next_night >= recorded.as_at)
    and recorded.as_at - run.last_night <= 28;
