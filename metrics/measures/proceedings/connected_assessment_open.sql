-- title: Connected person's assessment open
-- asks: For which children is a connected person, special guardianship or child arrangements option open, and at which stage?
-- why: The team's managers follow every referral until the matter is concluded, and alert the child's team where it may
--      be late. A child with several open options is shown once: since the first referral, at the furthest stage reached.
-- kind: measure
-- parameters: option_types
-- needs: local_permanence_options
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
        end as stage
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
    ['referral', 'viability', 'assessment', 'panel', 'court'][max(stage)] as detail
from open_option
group by as_at, child_number
