-- title: Adoption planned, brothers and sisters not decided
-- asks: Which children with adoption among their options have a brother or sister in care or adopted, and no countersigned decision
--      whether they are to be adopted together?
-- why: Adoption ends what the law knows of brothers and sisters. Whether they go together has to be decided, with reasons, and
--      countersigned by the role that the policy names. A decision of this period of care counts. The clock is that of adoption in the
--      plan.
-- kind: measure
-- clock: option
-- parameters: option, approvers, adopted
-- needs: local_sibling_assessments, ssd_cla_care_plan
-- needs any: ssd_family, ssd_mother
-- evidence: episode, plans, family, sibling_assessments
-- source: Hertfordshire, Placement Strategy 3.5
-- out of: children with {option} in their plan and a brother or sister in care or adopted
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with assessment as (
    select
        spine.as_at,
        spine.child_number,
        recorded.countersigned_by,
        coalesce(recorded.outcome in ('TOGETHER', 'APART') and recorded.countersigned_date <= spine.as_at, false) as countersigned
    from spine
    join local_sibling_assessments as recorded
        on recorded.person_id = spine.child_id
        and recorded.assessed_date between spine.entered_care and spine.as_at
),

decided as (
    select
        as_at,
        child_number,
        bool_or(countersigned and decided_by_role(countersigned_by, $approvers::varchar[])) as by_the_role,
        bool_or(countersigned) as by_anyone,
        bool_or(true) as assessed
    from assessment
    group by all
)

select
    sibling.as_at,
    sibling.child_number,
    option_clock.since as clock_start,
    option_clock.recorded_since as recorded_start,
    option_clock.observed_since as observed_start,
    sibling.in_care || ' in care, ' || sibling.adopted || ' adopted; ' || case
        when decided.by_anyone
            then 'decided, not countersigned by the ' || replace(array_to_string($approvers::varchar[], ' or '), '_', ' ')
        when decided.assessed then 'assessed, no countersigned decision'
        else 'not assessed'
    end as detail
from with_siblings_on_day($adopted::varchar[]) as sibling
join option_clock
    on option_clock.as_at = sibling.as_at
    and option_clock.child_number = sibling.child_number
    and option_clock.option = $option
left join decided
    on decided.as_at = sibling.as_at
    and decided.child_number = sibling.child_number
where not coalesce(decided.by_the_role, false)
