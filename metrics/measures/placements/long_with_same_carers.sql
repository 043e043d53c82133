-- title: Long with the same foster carers, nothing more secure being explored
-- asks: Which children have lived with the same foster carers for so long, unmatched, with no adoption or guardianship option recorded?
-- why: Carers who have cared for a child for years may want to give the child more than a placement, if somebody asks them. The clock is
--      the home, whatever the placement is called. An option counts that was begun in this period of care, or is on the plan.
-- kind: measure
-- parameters: option_types, plan_options
-- needs: ssd_cla_placement, local_carer_matches, local_permanence_options, earlier_records
-- uses: ssd_cla_care_plan
-- evidence: episode, placement, placements_recorded, long_term_match, permanence_options, plans
-- source: Permanency Planning Policy and Procedures 5.5
-- out of: children in a foster placement
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
    coalesce('plan: ' || spine.plan_shown, 'no current plan') as detail
from spine
join home_on_day using (as_at, child_number)
join codes
    on codes.code_set = 'placement_type'
    and codes.code = spine.placement_type
    and list_contains(codes.groups, 'foster')
where spine.long_term_match_date is null
    and not list_has_any(spine.options, $plan_options::varchar[])
    and not exists (
        select 1
        from local_permanence_options as explored
        where explored.person_id = spine.child_id
            and list_contains($option_types::varchar[], explored.option_type)
            and least(explored.referral_date, explored.viability_date, explored.assessment_start_date)
                between spine.entered_care and spine.as_at
    )
