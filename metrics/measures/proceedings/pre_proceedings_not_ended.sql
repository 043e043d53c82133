-- title: Pre-proceedings that have not ended
-- asks: Which children are in pre-proceedings, in care or not, and since when?
-- why: Pre-proceedings are a last attempt to keep a family together without a court. Left open, they decide nothing for the
--      child. A child who is not in care is listed under the allocated worker's team. Where proceedings have been issued and the
--      pre-proceedings were never closed, the detail says so: that is a record to correct.
-- kind: measure
-- needs: ssd_pre_proceedings
-- uses: local_care_proceedings
-- evidence: pre_proceedings_decided, concluded_proceedings
-- source: Slough Permanence Policy 4, first aim
-- out of: children in pre-proceedings, in care or not
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with begun as (
    select
        child.child_number,
        recorded.prep_pre_pro_decision_date as decision_date,
        recorded.prep_agree_stepdown_issue_date as ended_date
    from ssd_pre_proceedings as recorded
    join child on child.child_id = recorded.prep_person_id
    where recorded.prep_pre_pro_decision_date is not null
),

in_pre_proceedings as (
    select
        known.as_at,
        known.child_number,
        known.in_care,
        min(begun.decision_date) as decision_date
    from known_on_day as known
    join begun
        on begun.child_number = known.child_number
        and in_force(begun.decision_date, begun.ended_date, known.as_at)
    group by all
),

issued as (
    select
        in_pre_proceedings.as_at,
        in_pre_proceedings.child_number,
        max(proceedings.issued_date) as issued_date
    from in_pre_proceedings
    join child using (child_number)
    join local_care_proceedings as proceedings
        on proceedings.person_id = child.child_id
        and proceedings.issued_date between in_pre_proceedings.decision_date and in_pre_proceedings.as_at
    group by all
)

select
    in_pre_proceedings.as_at,
    in_pre_proceedings.child_number,
    in_pre_proceedings.decision_date as clock_start,
    case when in_pre_proceedings.in_care then 'in care' else 'not in care' end
        || coalesce('; proceedings issued on ' || strftime(issued.issued_date, '%d/%m/%Y'), '') as detail
from in_pre_proceedings
left join issued using (as_at, child_number)
