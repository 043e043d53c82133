-- title: Adoption not considered
-- asks: Which children of these ages have a plan that is not to be at home, and have never been presented to the agency decision maker?
-- why: Adoption gives a child a family for life, and is ruled out for older children without anybody deciding so. A decision of the agency
--      decision maker counts whenever it was made and however it came out. The clock starts when all of it held: entry to care, the age,
--      and the first of the plan's present options. The detail gives the preferred plan.
-- kind: measure
-- parameters: from_age, below_age, at_home
-- needs: ssd_permanence, ssd_cla_care_plan
-- uses: local_permanence_options
-- evidence: episode, plans, agency_decision, permanence_options
-- source: Permanency Planning Policy and Procedures 5.3; Permanency Planning Guidance 3.3.2
-- out of: children aged {from_age} or over and under {below_age} whose plan is not to be at home
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with planned as (
    select
        spine.as_at,
        spine.child_number,
        spine.child_id,
        spine.plan_shown,
        spine.entered_care,
        child.dob,
        first_option_on_day.since as plan_since
    from spine
    join child using (child_number)
    join first_option_on_day using (as_at, child_number)
    where len(spine.options) > 0
        and not list_has_any(spine.options, $at_home::varchar[])
        and spine.age >= $from_age
        and spine.age < $below_age
)

select
    planned.as_at,
    planned.child_number,
    greatest(
        planned.entered_care,
        planned.plan_since,
        birthday(planned.dob, $from_age)
    ) as clock_start,
    planned.plan_shown as detail
from planned
where not exists (
    select 1
    from ssd_permanence as permanence
    where permanence.perm_person_id = planned.child_id
        and permanence.perm_adm_decision_date <= planned.as_at
)
