-- When the first plan with an option of the period of care began: as the plans record it, or as the data loads first showed it.
-- term: first_plan_on_day: When the first plan with an option of this period of care began.
-- term: first_plan_on_day.first_date: The day on which it began, recorded or observed, whichever is earlier.
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
group by all;
