-- Prospective adopters who have not left, at the stage that they have reached.
with staged as (
    select
        *,
        case
            when placed_date <= $as_at then 5
            when matched_date <= $as_at then 4
            when approved_date <= $as_at then 3
            when stage2_start_date <= $as_at then 2
            when stage1_start_date <= $as_at then 1
        end as place
    from local_prospective_adopters
    where left_date is null or left_date > $as_at
)

select
    adopter_id,
    place,
    [stage1_start_date, stage2_start_date, approved_date, matched_date, placed_date][place] as since,
    $as_at - since as days,
    coalesce(early_permanence, false) as early_permanence,
    case
        when place = 1 and stage1_end_date <= $as_at then 'stage 1 ended, stage 2 to begin'
        when place = 2 and stage2_end_date <= $as_at then 'stage 2 ended, approval to come'
    end as waits_for
from staged
where place is not null
order by place, days desc, length(adopter_id), adopter_id
