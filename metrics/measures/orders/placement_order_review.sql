-- title: Placement order: review
-- asks: Which children under a placement order have not been reviewed, and since when?
-- why: A review at these intervals checks whether family finding is progressing. The clock starts with the last review of this
--      period of care, or the order, if that is later.
-- kind: measure
-- needs: ssd_legal_status, ssd_cla_reviews
-- uses: ssd_permanence
-- evidence: placement_order, reviews_held
-- source: Guidance 3.9, Preventing Drift in Permanency Planning
-- out of: children subject to a placement order
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
select
    as_at,
    child_number,
    greatest(placement_order_since, last_review_date) as clock_start,
    case
        when last_review_date >= placement_order_since then 'reviewed since the order'
        else 'not reviewed since the order'
    end as detail
from spine
where placement_order_since is not null
