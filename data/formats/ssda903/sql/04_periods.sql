-- Periods of care, with what the permanence record says of each: the order (E1), the move (A3 to A6) and the order that ended care.
create table raw.care_period as
select
    child,
    period_id,
    entered_care,
    case when bool_and(dec is not null) then max(dec) end as left_care,
    min(decom) filter (where ls = 'E1') as order_date,
    min(decom) filter (where place in ('A3', 'A4', 'A5', 'A6')) as placed_date,
    arg_max((dec, ended_by), turn) filter (where ended_by is not null) as last_order
from (
    select
        run_episode.*,
        case
            when rec in ('E11', 'E12') then 'Adoption'
            when rec in ('E43', 'E44', 'E45', 'E46', 'E47', 'E48') then 'Special guardianship order'
            when rec = 'E41' then 'Child arrangements order'
        end as ended_by
    from run_episode
)
group by child, period_id, entered_care;
