-- title: Not with the long-term carer, and nothing under way
-- asks: For which children who do not live with the long-term carer is no step towards it under way?
-- why: Something must happen before these children can live with their permanent parents or carers: a plan, an assessment, a
--      match, an order. Where no option is being explored, no family is being sought, no match or agency decision has been made
--      and there are no proceedings, the child is drifting. The clock starts when the plan became the plan, or when there was no
--      longer one.
-- kind: measure
-- clock: option
-- parameters: negative_outcomes
-- needs: ssd_cla_care_plan, ssd_cla_placement, local_carer_matches, local_permanence_options, fostering_plans
-- uses: local_care_proceedings, ssd_permanence
-- evidence: episode, plans, placement, permanence_options, concluded_proceedings
-- source: Permanency Planning Policy and Procedures 11.6, fourth question
-- out of: children who do not live with their intended long-term carers
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    spine.as_at,
    spine.child_number,
    coalesce(spine.no_plan_since, first_option_on_day.since) as clock_start,
    first_option_on_day.recorded_since as recorded_start,
    first_option_on_day.observed_since as observed_start,
    'first: ' || array_to_string(step.must_happen, ', ') as detail
from spine
join next_step_on_day($negative_outcomes) as step using (as_at, child_number)
left join first_option_on_day using (as_at, child_number)
where step.home is null
    and not step.any_under_way
