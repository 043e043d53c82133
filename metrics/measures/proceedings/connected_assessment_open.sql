-- title: Connected person's assessment open
-- asks: For which children is a connected person, special guardianship or child arrangements option open, and at which stage?
-- why: The team's managers follow every referral until the matter is concluded, and alert the child's team where it may
--      be late. A child with several open options is shown once: since the first referral, at the furthest stage reached. An
--      option with no step recorded for so many months is late, or its record was never closed.
-- kind: measure
-- parameters: option_types, silent_months
-- needs: local_permanence_options, children_not_in_care
-- evidence: permanence_options
-- source: Placement Strategy 2.2, Permanency Tracking for Children with a Plan to live with a Special Guardian
-- out of: children in care, in pre-proceedings or in proceedings
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: none
with explored as (
    select
        child.child_number,
        recorded.*
    from local_permanence_options as recorded
    join child on child.child_id = recorded.person_id
    where list_contains($option_types::varchar[], recorded.option_type)
        and recorded.referral_date is not null
),

open_option as (
    select
        followed.as_at,
        followed.child_number,
        explored.referral_date,
        case
            when explored.court_application_date <= followed.as_at then 5
            when explored.panel_date <= followed.as_at then 4
            when explored.assessment_start_date <= followed.as_at then 3
            when explored.viability_date <= followed.as_at then 2
            else 1
        end as stage,
        list_max(
            list_filter(
                [
                    explored.referral_date,
                    explored.viability_date,
                    explored.assessment_start_date,
                    explored.assessment_end_date,
                    explored.panel_date,
                    explored.court_application_date
                ],
                lambda step: step <= followed.as_at
            )
        ) as last_step_date
    from explored
    join followed_on_day as followed
        on followed.child_number = explored.child_number
        and explored.referral_date <= followed.as_at
        and (explored.order_date is null or explored.order_date > followed.as_at)
        and (explored.closed_date is null or explored.closed_date > followed.as_at)
)

select
    as_at,
    child_number,
    min(referral_date) as clock_start,
    ['referral', 'viability', 'assessment', 'panel', 'court'][max(stage)]
        || case
            when bool_or(months_after(last_step_date, $silent_months) < as_at)
                then '; no step for more than ' || $silent_months || ' months: delay, or a record to close'
            else ''
        end as detail
from open_option
group by as_at, child_number
