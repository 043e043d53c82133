-- title: Adoption never considered
-- asks: For which children whose plan is not to be at home has adoption not been considered?
-- why: Adoption is considered for every child who cannot remain within the birth family, whatever comes of it. It has been considered where a
--      plan of this period of care had it among its options, where it was explored on the form, before care too, or where the agency
--      decision maker decided on it: but not in an earlier period of care, which was about another plan. The clock is the first of the plan's present options. The detail gives the plan.
-- kind: measure
-- clock: option
-- parameters: considered, option_type, at_home
-- needs: ssd_cla_care_plan, local_permanence_options, earlier_records
-- uses: ssd_permanence
-- evidence: episode, plans, permanence_options, agency_decision
-- source: Slough Permanence Policy 10, Adoption, first paragraph
-- out of: children whose plan is not to be at home
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    spine.as_at,
    spine.child_number,
    first_option_on_day.since as clock_start,
    first_option_on_day.recorded_since as recorded_start,
    first_option_on_day.observed_since as observed_start,
    spine.plan_shown as detail
from spine
join first_option_on_day using (as_at, child_number)
left join earlier_care_on_day as earlier using (as_at, child_number)
where not list_has_any(spine.options, $at_home::varchar[])
    and not list_contains(spine.options, $considered)
    and not exists (
        select 1
        from ticked_plan
        where ticked_plan.child_number = spine.child_number
            and ticked_plan.entered_care = spine.entered_care
            and ticked_plan.start_date <= spine.as_at
            and list_contains(ticked_plan.options, $considered)
    )
    and not exists (
        select 1
        from local_permanence_options as explored
        where explored.person_id = spine.child_id
            and explored.option_type = $option_type
            and least(explored.referral_date, explored.viability_date, explored.assessment_start_date) <= spine.as_at
            and coalesce(
                least(explored.referral_date, explored.viability_date, explored.assessment_start_date) > earlier.ended_date,
                true
            )
    )
    and not exists (
        select 1
        from ssd_permanence as permanence
        where permanence.perm_person_id = spine.child_id
            and permanence.perm_adm_decision_date <= spine.as_at
            and coalesce(permanence.perm_adm_decision_date > earlier.ended_date, true)
    )
