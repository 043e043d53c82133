-- title: Living with the long-term carer, not secured legally
-- asks: For which children who live with the intended long-term carer is something still needed to secure the home legally, and
--      what?
-- why: A child who already lives with the right people should not wait for the order or the match that makes it safe. What may
--      still be needed: the end of care proceedings, the revocation of a placement order, a placement or adoption order, a
--      special guardianship or child arrangements order, a long-term match and its ratification, the discharge of a care order at
--      home. The clock starts when the child came to live there, whatever the placement was called.
-- kind: measure
-- parameters: negative_outcomes
-- needs: ssd_cla_care_plan, ssd_cla_placement, ssd_legal_status, local_carer_matches, local_permanence_options,
--      earlier_records, fostering_plans
-- uses: local_care_proceedings, ssd_permanence
-- evidence: episode, plans, placement, long_term_match, placement_order, permanence_options, concluded_proceedings
-- source: Permanency Planning Policy and Procedures 11.6, third question
-- out of: children who live with their intended long-term carers
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    spine.as_at,
    spine.child_number,
    home_on_day.home_start as clock_start,
    'with ' || step.home || ': ' || array_to_string(step.left_to_secure, ', ') as detail
from spine
join next_step_on_day($negative_outcomes) as step using (as_at, child_number)
join home_on_day using (as_at, child_number)
where step.home is not null
    and len(step.left_to_secure) > 0
