-- title: Not living with the intended long-term carer
-- asks: Which children do not live with the people who are meant to be their long-term parents or carers?
-- why: Permanence is a home, not a plan. A child lives with the long-term carer when the placement matches an option
--      of the plan: adopters or early permanence carers, a long-term or matched foster placement, relatives or friends,
--      parents, residential care, supported accommodation. The clock is the time in care, since the child has waited that long.
-- kind: measure
-- needs: ssd_cla_care_plan, ssd_cla_placement, local_carer_matches, fostering_plans
-- uses: local_permanence_options
-- evidence: episode, plans, placement, long_term_match
-- source: Permanency Planning Policy and Procedures 11.6, second question; 3 and 6
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
    spine.entered_care as clock_start,
    coalesce('the plan is ' || spine.plan_shown, 'no current plan')
        || case when spine.placement_known then '' else '; placement not known' end as detail
from spine
join long_term_home_on_day as home using (as_at, child_number)
where home.home is null
