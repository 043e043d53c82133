-- title: Brothers and sisters to live together who live apart
-- asks: Which children were assessed to live together with a brother or sister in care, and live apart from one?
-- why: Where an assessment says together, a home for them together is to be sought. The last assessment of this period of care with an
--      outcome counts. The clock is its day, or the day from which both have lived where they live now, if later. Where a postcode is not known,
--      nobody is said to be apart.
-- kind: measure
-- needs: local_sibling_assessments, ssd_cla_placement
-- needs any: ssd_family, ssd_mother
-- evidence: episode, family, placement, sibling_assessments
-- source: Slough Permanence Policy 7.3, Sibling assessment, second paragraph
-- out of: children in care with a brother or sister in care, assessed in this period of care
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-30
-- next_review: 2027-11-30
-- low_is_good: true
with together as (
    select as_at, child_number, assessed_date
    from last_sibling_assessment_on_day
    where outcome = 'TOGETHER'
),

living as (
    select
        as_at,
        child_number,
        min(since) filter (where not together) as since,
        count(*) filter (where not together) as children_apart,
        count(*) as children
    from sibling_on_day
    group by all
)

select
    together.as_at,
    together.child_number,
    greatest(together.assessed_date, living.since) as clock_start,
    'assessed on ' || strftime(together.assessed_date, '%d/%m/%Y') || ': together; apart from ' || living.children_apart
        || ' of ' || living.children || case when living.children = 1
        then ' brother or sister in care' else ' brothers and sisters in care' end as detail
from together
join living using (as_at, child_number)
where living.children_apart > 0
