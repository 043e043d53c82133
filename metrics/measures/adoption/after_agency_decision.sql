-- title: Adoption: after the agency decision
-- asks: Which children have an agency decision for adoption and are not yet adopted, and how far has family finding come?
-- why: After the decision, a family finding social worker works with the child's social worker. A decision that was
--      reversed no longer counts. The stage shows where a child waits.
-- kind: measure
-- needs: ssd_permanence
-- uses: local_carer_matches
-- evidence: episode, agency_decision, placement_order, adoption_match, placement
-- source: Placement Strategy 2.2, Permanency planning for Children with an Adoption Plan, Agency Decision Maker
-- out of: children in care on the day
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: none
select
    spine.as_at,
    spine.child_number,
    decision.decision_date as clock_start,
    case
        when spine.placement_adoptive then 'placed for adoption'
        when spine.adoption_match_date is not null then 'matched, awaiting the move'
        when spine.placement_early_permanence then 'early permanence, not matched'
        when spine.placement_order_since is not null then 'placement order, family finding'
        else 'no placement order yet'
    end as detail
from spine
join agency_decision_on_day as decision using (as_at, child_number)
anti join ssd_permanence as permanence
    on permanence.perm_person_id = spine.child_id
    and permanence.perm_permanence_order_date between spine.entered_care and spine.as_at
    and contains(lower(permanence.perm_permanence_order_type), 'adopt')
