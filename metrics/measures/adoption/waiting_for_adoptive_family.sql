-- title: Waiting to move in with an adoptive family
-- asks: Which children with a plan of adoption or a placement order do not live with adopters or in early permanence, counted
--      from entry?
-- why: A clock for children still waiting, beside England's first adoption indicator, which covers children who have been
--      adopted: these children will be in that average when they are adopted.
-- kind: measure
-- parameters: option
-- needs: ssd_cla_care_plan, ssd_legal_status, ssd_cla_placement
-- uses: ssd_permanence, local_carer_matches
-- evidence: episode, plans, placement_order, placement, adoption_match
-- source: Adoption scorecard, indicator A1 (operational: children still waiting)
-- out of: children with {option} in their plan, or subject to a placement order
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases
-- reviewed: not yet
-- next_review: 2027-02-28
-- low_is_good: true
select
    spine.as_at,
    spine.child_number,
    spine.entered_care as clock_start,
    case when spine.placement_order_since is not null then 'placement order' else 'no placement order' end
        || case
            when spine.adoption_match_date is not null then '; matched'
            when not (select bool_or(supplied) from supplied where table_name in ('ssd_permanence', 'local_carer_matches'))
                then '; matches not supplied'
            else '; not matched'
        end || case when spine.placement_known then '' else '; placement not known' end as detail
from spine
where (list_contains(spine.options, $option) or spine.placement_order_since is not null)
    and not spine.placement_adoptive
    and not spine.placement_early_permanence
