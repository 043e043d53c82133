-- title: In pre-proceedings
-- asks: Which children are in pre-proceedings, in care or not, and since when?
-- why: Pre-proceedings are the family's last chance to change without the court, and the time to find carers in its network and to
--      assess them. The clock is the earliest decision that was neither stepped down nor followed by the issue of proceedings. A child
--      who is not in care stands in the team of the allocated worker.
-- kind: measure
-- needs: ssd_pre_proceedings, children_not_in_care
-- uses: local_care_proceedings
-- evidence: pre_proceedings_decided
-- source: Hertfordshire, Placement Strategy 2.2, PLO Tracking; Slough Permanence Policy 4, first aim
-- out of: children in pre-proceedings, in care or not
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: over a limit
select
    known.as_at,
    known.child_number,
    min(pre_proceedings.decision_date) as clock_start,
    case when known.in_care then 'in care' else 'not in care' end as detail
from known_on_day as known
join pre_proceedings
    on pre_proceedings.child_number = known.child_number
    and in_force(pre_proceedings.decision_date, pre_proceedings.ended_date, known.as_at)
group by all
