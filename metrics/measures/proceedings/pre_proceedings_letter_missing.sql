-- title: In pre-proceedings, no letter to the parents
-- asks: Which children are in pre-proceedings, with no letter to the parents by the day?
-- why: The letter tells parents what will be considered, and that proceedings may follow. The clock is the earliest decision that has
--      not ended and has no letter.
-- kind: measure
-- needs: ssd_pre_proceedings, children_not_in_care
-- uses: local_care_proceedings
-- evidence: pre_proceedings_decided
-- source: Slough Permanence Policy 7.2
-- out of: children in pre-proceedings, in care or not
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    known.as_at,
    known.child_number,
    min(pre_proceedings.decision_date) as clock_start,
    case when known.in_care then 'in care' else 'not in care' end as detail
from known_on_day as known
join pre_proceedings
    on pre_proceedings.child_number = known.child_number
    and in_force(pre_proceedings.decision_date, pre_proceedings.ended_date, known.as_at)
    and (pre_proceedings.letter_date is null or pre_proceedings.letter_date > known.as_at)
group by all
