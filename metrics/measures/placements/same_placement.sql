-- title: Settled in one placement
-- asks: Which children, in care for a long time and still young, live in the same placement, and since when?
-- why: A child who stays can put down roots. Covers children looked after for the set number of months or more
--      and under the set age. Placed for adoption counts with the placement before; temporary placements are
--      ignored.
-- kind: measure
-- parameters: months_in_care, under_age
-- needs: ssd_cla_placement, earlier_records
-- evidence: episode, placement, placements_recorded
-- source: Children looked after in England: placement stability (same placement for two years)
-- out of: children under {under_age} in care for {months_in_care} months or more
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases
-- reviewed: not yet
-- next_review: 2027-02-28
-- low_is_good: false
select
    spine.as_at,
    spine.child_number,
    greatest(settled_placement.settled_start, spine.entered_care) as clock_start,
    case when spine.placement_adoptive then 'placed for adoption' else 'same placement' end as detail
from spine
join settled_placement using (child_number, placement_row)
where months_after(spine.entered_care, $months_in_care) <= spine.as_at
    and spine.age < $under_age
