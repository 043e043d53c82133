-- title: No primary and contingency option
-- asks: Which children have no second option beside the first, neither in their plan nor among the options being explored?
-- why: A plan with a contingency does not start again when the first option fails. Two options in the plan will do, or a primary option and
--      a contingency that are being explored: one that came out against the carer is none any more. Once permanence has been attained, none is
--      needed: the child is placed for adoption, a long-term match is ratified, or a placement with parents is.
-- kind: measure
-- clock: option
-- parameters: approvers, negative_outcomes
-- needs: ssd_cla_care_plan, local_permanence_options, ssd_cla_reviews, parallel_plans
-- uses: local_carer_matches, local_meetings, local_approvals
-- evidence: episode, plans, permanence_options, placement, long_term_match, approvals_recorded, reviews_of_care
-- source: Permanency Planning Practice Guidance 2, 3 and 6
-- out of: children in care for whom permanence has not been attained
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with explored_on_day as (
    select
        spine.as_at,
        spine.child_number
    from spine
    join explored_option_on_day($negative_outcomes::varchar[]) as option_on_day
        on option_on_day.as_at = spine.as_at
        and option_on_day.child_number = spine.child_number
        and option_on_day.pursued
    join local_permanence_options as explored
        on explored.option_id = option_on_day.option_id
        and (
            explored.referral_date between spine.entered_care and spine.as_at
            or explored.assessment_start_date between spine.entered_care and spine.as_at
        )
    group by all
    having bool_or(coalesce(explored.is_primary, false)) and bool_or(not coalesce(explored.is_primary, true))
)

select
    spine.as_at,
    spine.child_number,
    coalesce(first_option_on_day.since, spine.no_plan_since) as clock_start,
    first_option_on_day.recorded_since as recorded_start,
    first_option_on_day.observed_since as observed_start,
    coalesce('one option: ' || spine.plan_shown, 'no plan')
        || case when reviewed.second_review_date is null then '; second review to come' else '' end as detail
from spine
join permanence_not_attained_on_day($approvers::varchar[]) using (as_at, child_number)
left join first_option_on_day using (as_at, child_number)
left join second_review_on_day as reviewed using (as_at, child_number)
anti join explored_on_day
    on explored_on_day.as_at = spine.as_at
    and explored_on_day.child_number = spine.child_number
where len(spine.options) < 2
