-- title: Many placements in a short time
-- asks: Which children have lived in this many placements or more in the set number of months?
-- why: Every move breaks ties to carers, school and friends. A placement counts when the child lived there on any day of
--      those months, including the first and the current one. Temporary placements are ignored, and a placement that continues
--      with the same carer under another name counts once. The clock starts with the placement that reached the number.
-- kind: measure
-- parameters: placements, months
-- needs: ssd_cla_placement, earlier_records
-- evidence: episode, placements_recorded
-- source: Children looked after in England: placement stability (three or more placements during the year)
-- out of: children in care on the day
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases
-- reviewed: not yet
-- next_review: 2027-02-28
-- low_is_good: true
with home as (
    select
        child_number,
        home_number,
        home_start,
        home_end
    from home_placement
    where home_end > home_start
        and home_number > 0
    group by all
),

lived_in as (
    select
        spine.as_at,
        spine.child_number,
        home.home_start,
        row_number() over (
            partition by spine.as_at, spine.child_number
            order by home.home_start, home.home_number
        ) as place,
        count(*) over (partition by spine.as_at, spine.child_number) as homes
    from spine
    join home
        on home.child_number = spine.child_number
        and home.home_start <= spine.as_at
        and months_after(home.home_end - 1, $months) > spine.as_at
)

select
    as_at,
    child_number,
    home_start as clock_start,
    homes || ' placements' as detail
from lived_in
where homes >= $placements
    and place = $placements
