-- title: The first visit in a placement
-- asks: Was each child visited within so many days of moving to the present placement?
-- why: The first days in a new home are when a child most needs to be seen. A visit at which the child was not seen does not
--      count. A temporary placement begins none of its own, and neither does a placement that goes on with the same carer under
--      another name. Where no placement is recorded, entry to care stands for its start.
-- kind: milestone
-- due: clock_start
-- parameters: days
-- needs: ssd_cla_visits, ssd_cla_placement
-- evidence: placement, visits_recorded
-- source: Care Planning, Placement and Case Review (England) Regulations 2010, regulation 28(2)(a)
-- out of: children this applies to
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases
-- reviewed: not yet
-- next_review: 2027-02-28
-- low_is_good: true
with placed as (
    select
        spine.as_at,
        spine.child_number,
        spine.placement_known,
        coalesce(home_on_day.home_start, spine.entered_care) as placed_date
    from spine
    left join home_on_day using (as_at, child_number)
)

select
    placed.as_at,
    placed.child_number,
    placed.placed_date as clock_start,
    placed.placed_date + $days as due_date,
    case when visit.visit_date <= placed.as_at then visit.visit_date end as done_date,
    case when visit.visit_date <= placed.as_at then 'visited on ' || strftime(visit.visit_date, '%d/%m/%Y')
        else 'not visited' end || case when placed.placement_known then '' else '; placement not known' end as detail
from placed
asof left join visit
    on visit.child_number = placed.child_number
    and visit.visit_date >= placed.placed_date
