-- title: Not settled in one placement
-- asks: Which children, in care for a long time and still young, have not lived in the same placement for so many months?
-- why: The other side of the stability indicator: the children who have moved. A child whose placement is not known is listed
--      and marked.
-- kind: measure
-- parameters: months_in_care, under_age, months
-- needs: ssd_cla_placement, earlier_records
-- evidence: episode, placement, placements_recorded
-- source: Children looked after in England: placement stability (same placement for two years)
-- out of: children under {under_age} in care for {months_in_care} months or more
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases
-- reviewed: not yet
-- next_review: 2027-02-28
-- low_is_good: true
with asked as (
    select
        spine.as_at,
        spine.child_number,
        spine.entered_care,
        spine.placement_row,
        spine.placement_known,
        spine.placement_adoptive
    from spine
    where months_after(spine.entered_care, $months_in_care) <= spine.as_at
        and spine.age < $under_age
),

lived_in as (
    select
        asked.*,
        case when settled_placement.placement_row is not null
            then greatest(settled_placement.settled_start, asked.entered_care) end as settled_since
    from asked
    left join settled_placement using (child_number, placement_row)
)

select
    as_at,
    child_number,
    coalesce(settled_since, entered_care) as clock_start,
    case
        when not placement_known then 'placement not known'
        when settled_since is null then 'temporary placement'
        when placement_adoptive then 'placed for adoption'
        else 'moved on ' || strftime(settled_since, '%d/%m/%Y')
    end as detail
from lived_in
where coalesce(months_after(settled_since, $months) > as_at, true)
