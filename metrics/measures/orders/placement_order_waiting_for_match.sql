-- title: Placement order, waiting for a match
-- asks: Which children subject to a placement order are neither matched nor placed for adoption, counted from the order?
-- why: A clock for children still waiting, beside England's second adoption indicator, which covers children who have been
--      adopted: these children will be in that average when they are adopted.
-- kind: measure
-- needs: ssd_legal_status, ssd_cla_placement
-- needs any: ssd_permanence, local_carer_matches
-- evidence: episode, placement_order, placement, adoption_match
-- source: Adoption scorecard, indicator A2 (operational: children still waiting)
-- out of: children subject to a placement order
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases
-- reviewed: not yet
-- next_review: 2027-02-28
-- low_is_good: true
select
    spine.as_at,
    spine.child_number,
    spine.placement_order_since as clock_start,
    case when spine.placement_early_permanence then 'early permanence' else 'no placement with adopters' end
        || case when spine.placement_known then '' else '; placement not known' end as detail
from spine
where spine.placement_order_since is not null
    and spine.adoption_match_date is null
    and not spine.placement_adoptive
