-- The first plan with an option of the period of care, and since when there has been a plan with the options of D: as the plans record
-- it, or as the data loads first showed it.
-- term: first_plan_on_day: When the first plan with an option of this period of care began.
-- term: first_plan_on_day.first_date: The day on which it began, recorded or observed, whichever is earlier. A plan from the 28
--      days before entry counts.
create or replace temp view first_plan_on_day as
with begun as (
    select child_number, entered_care, start_date as first_date
    from ticked_plan
    union all
    select child_number, entered_care, first_night
    from observed_in_care
    where len(options) > 0
)

select
    spine.as_at,
    spine.child_number,
    min(begun.first_date) as first_date
from spine
join begun
    on begun.child_number = spine.child_number
    and begun.entered_care = spine.entered_care
    and begun.first_date <= spine.as_at
group by spine.as_at, spine.child_number;

-- term: first_option_on_day: Since when the first of the options of the plan has been in it.
-- term: first_option_on_day.since: Since when, recorded or observed, whichever is earlier.
-- term: first_option_on_day.recorded_since: The same by the plans' own dates.
-- term: first_option_on_day.observed_since: The same by the data loads that showed the option.
create or replace temp view first_option_on_day as
select
    as_at,
    child_number,
    min(since) as since,
    min(recorded_since) as recorded_since,
    min(observed_since) as observed_since
from option_clock
group by as_at, child_number;
