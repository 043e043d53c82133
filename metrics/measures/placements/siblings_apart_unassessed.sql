-- title: Brothers and sisters apart, not assessed
-- asks: Which children in care live apart from a brother or sister in care, with no assessment of them in this period of care?
-- why: The longest relationships that a child has are those with brothers and sisters. To live apart should be somebody's decision, after an
--      assessment. Brothers and sisters are children of one family, else of one mother; they live together at one provider, URN and
--      postcode. The clock starts when both lived where they live now. Where a postcode is not known, nobody is said to be apart.
-- kind: measure
-- needs: local_sibling_assessments, ssd_cla_placement, earlier_records
-- needs any: ssd_family, ssd_mother
-- evidence: episode, family, placement, sibling_assessments
-- source: Slough Permanence Policy 7.3; Hertfordshire, Placement Strategy 3.4
-- out of: children in care with a brother or sister in care
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with apart as (
    select
        sibling.as_at,
        sibling.child_number,
        min(sibling.since) filter (where not sibling.together) as since,
        count(*) filter (where not sibling.together) as children_apart,
        count(*) as children
    from sibling_on_day as sibling
    group by all
)

select
    apart.as_at,
    apart.child_number,
    apart.since as clock_start,
    'apart from ' || apart.children_apart || ' of ' || apart.children || case when apart.children = 1
        then ' brother or sister in care' else ' brothers and sisters in care' end as detail
from apart
join spine using (as_at, child_number)
where apart.children_apart > 0
    and not exists (
        select 1
        from local_sibling_assessments as assessment
        where assessment.person_id = spine.child_id
            and assessment.assessed_date between spine.entered_care and spine.as_at
    )
