-- title: No current plan recorded
-- asks: Which children in care have no permanence option ticked on their plan, and since when?
-- why: Every child in care needs a plan for permanence. The chance of going home falls markedly after four months, so a child
--      without a plan is the first sign of drift. A child who entered care at 15 or over has a pathway plan instead.
-- kind: measure
-- parameters: due_months, pathway_plan_age
-- needs: ssd_cla_care_plan, ssd_care_leavers
-- evidence: episode, plans, pathway_plan
-- source: measures of Hertfordshire's countywide tracker; Placement Strategy 2.1 and 2.2
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
