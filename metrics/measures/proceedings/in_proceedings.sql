-- title: In care proceedings
-- asks: Which children are in care proceedings, in care or not, and since when?
-- why: The law allows a court 26 weeks to decide about a child. Every week more is a week without knowing where home will be.
--      The clock is the earliest issue among the proceedings that have not concluded. A child who is not in care stands in the
--      team of the allocated worker.
-- kind: measure
-- needs: local_care_proceedings, children_not_in_care
-- evidence: concluded_proceedings
-- source: Children Act 1989, section 32; Slough Permanence Policy 4, second aim
-- out of: children in proceedings, in care or not
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document (Slough's; section 32 has not been read against the
--      Act)
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    known.as_at,
    known.child_number,
    min(proceedings.issued_date) as clock_start,
    case when known.in_care then 'in care' else 'not in care' end as detail
from known_on_day as known
join local_care_proceedings as proceedings
    on proceedings.person_id = known.child_id
    and in_force(proceedings.issued_date, proceedings.concluded_date, known.as_at)
group by all
