-- title: Placement order, neither matched nor placed
-- asks: Which children under a placement order are neither matched nor in an adoptive placement?
-- why: After six months the plan itself has to be looked at again: the child is referred to the head of service.
-- kind: measure
-- needs: ssd_legal_status
-- needs any: ssd_permanence, local_carer_matches
-- evidence: placement_order, placement, adoption_match
-- source: Guidance 3.9, Preventing Drift in Permanency Planning
-- out of: children subject to a placement order
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    as_at,
    child_number,
    placement_order_since as clock_start,
    case when placement_early_permanence then 'early permanence' else 'not matched' end
        || case when placement_known then '' else '; placement not known' end as detail
from spine
where placement_order_since is not null
    and adoption_match_date is null
    and not placement_adoptive
