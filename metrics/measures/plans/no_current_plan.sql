-- title: No current plan recorded
-- asks: Which children in care have no permanence option ticked on their plan, and since when?
-- why: Every child in care needs a plan for permanence. The chance of going home falls markedly after four months, so a child
--      without a plan is the first sign of drift. A child who entered care at 15 or over has a pathway plan instead.
-- kind: measure
-- parameters: due_months, pathway_plan_age
-- needs: ssd_cla_care_plan, ssd_care_leavers
-- evidence: episode, plans, pathway_plan
-- source: measures of Hertfordshire's countywide tracker; Placement Strategy 2.1 and 2.2
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
    spine.no_plan_since as clock_start,
    case
        when months_after(spine.entered_care, $due_months) > spine.as_at then 'not yet due; '
        else 'overdue; '
    end || spine.no_plan_reason as detail
from spine
where len(spine.options) = 0
    and not coalesce(spine.age_at_entry >= $pathway_plan_age and spine.pathway_plan_date is not null, false)
