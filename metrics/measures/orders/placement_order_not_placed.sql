-- title: Placement order, not placed for adoption
-- asks: Which children are subject to a placement order and do not live in an adoptive placement, and since when?
-- why: The order lets the council place the child for adoption. The detail says how far this has progressed.
-- kind: measure
-- needs: ssd_legal_status, ssd_cla_placement
-- uses: ssd_permanence, local_carer_matches
-- evidence: episode, placement_order, placement, adoption_match
-- source: Slough Permanence Policy 4, third aim
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
        when spine.placement_early_permanence then 'early permanence'
        when spine.adoption_match_date is not null then 'matched'
        when not (select bool_or(supplied) from supplied where table_name in ('ssd_permanence', 'local_carer_matches'))
            then 'matches not supplied'
        else 'not matched'
    end || case when spine.placement_known then '' else '; placement not known' end as detail
from spine
where spine.placement_order_since is not null
    and not spine.placement_adoptive
