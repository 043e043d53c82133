-- title: Subject to a placement order
-- asks: Which children are subject to a placement order, since when, and how far has their adoption come?
-- why: A placement order lets the council place a child for adoption. A child who has waited a year needs another look at the plan.
-- kind: measure
-- needs: ssd_legal_status
-- uses: ssd_permanence
-- evidence: episode, placement_order, placement, adoption_match
-- source: Placement Strategy 2.2, Countywide Tracking, third bullet; 3.9
-- out of: children subject to a placement order
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    spine.as_at,
    spine.child_number,
    spine.placement_order_since as clock_start,
    case
        when spine.placement_adoptive then 'placed for adoption'
        when spine.placement_early_permanence then 'early permanence'
        when spine.adoption_match_date is not null then 'matched'
        when not (select bool_or(supplied) from supplied where table_name in ('ssd_permanence', 'local_carer_matches'))
            then 'matches not supplied'
        else 'not matched'
    end || case when spine.placement_known then '' else '; placement not known' end as detail
from spine
where spine.placement_order_since is not null
