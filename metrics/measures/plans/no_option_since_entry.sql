-- title: In care without a permanence plan
-- asks: Which children in care have no permanence option ticked on their plan, counted from entry to care?
-- why: Six months after coming into care every child should have a confirmed plan. A pathway plan does not count as one
--      here.
-- kind: measure
-- needs: ssd_cla_care_plan
-- evidence: episode, plans
-- source: Slough Permanence Policy 4, seventh aim
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
    spine.no_plan_reason as detail
from spine
where len(spine.options) = 0
