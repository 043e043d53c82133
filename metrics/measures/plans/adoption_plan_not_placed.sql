-- title: Adoption is the plan and the current placement is not adoptive
-- asks: Which children with a plan of adoption do not yet live with adopters?
-- why: Apart from those for whom no placement has been found, these children are matched or in early permanence, and are waiting
--      to move.
-- kind: measure
-- clock: option
-- parameters: option
-- needs: ssd_cla_care_plan
-- uses: ssd_permanence, local_carer_matches
-- evidence: episode, plans, placement, adoption_match
-- source: Placement Strategy 2.2, Countywide Tracking, sixth bullet
-- out of: children in care on the day
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    spine.as_at,
    spine.child_number,
    option_clock.since as clock_start,
    option_clock.recorded_since as recorded_start,
    option_clock.observed_since as observed_start,
    case
        when spine.placement_early_permanence or spine.adoption_match_date is not null
            then 'matched or early permanence, awaiting the move'
        when not (select bool_or(supplied) from supplied where table_name in ('ssd_permanence', 'local_carer_matches'))
            then 'matches not supplied'
        else 'no placement'
    end || case when spine.placement_known then '' else '; placement not known' end as detail
from option_clock
join spine using (as_at, child_number)
where option_clock.option = $option
    and not spine.placement_adoptive
