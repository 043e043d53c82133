-- title: Assessment of brothers and sisters to be reviewed
-- asks: Which children in care have an assessment of brothers and sisters whose day for review has passed?
-- why: Children grow, and so does what they are to each other. The last assessment of this period of care counts, for a child with a
--      brother or sister in care. One that names no day for its review is not on the list.
-- kind: measure
-- needs: local_sibling_assessments
-- needs any: ssd_family, ssd_mother
-- uses: ssd_cla_placement
-- evidence: episode, family, sibling_assessments
-- source: Hertfordshire, Placement Strategy 3.4
-- out of: children in care with a brother or sister in care, assessed in this period of care
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with last_assessment as (
    select
        spine.as_at,
        spine.child_number,
        arg_max(
            {
                assessed_date: assessment.assessed_date,
                outcome: assessment.outcome,
                review_by_date: assessment.review_by_date
            },
            (assessment.assessed_date, length(assessment.assessment_id), assessment.assessment_id)
        ) as last
    from spine
    join local_sibling_assessments as assessment
        on assessment.person_id = spine.child_id
        and assessment.assessed_date between spine.entered_care and spine.as_at
    group by all
)

select
    as_at,
    child_number,
    last.review_by_date as clock_start,
    'assessed on ' || strftime(last.assessed_date, '%d/%m/%Y') || ': ' || case last.outcome
        when 'TOGETHER' then 'together' when 'APART' then 'apart' else 'not decided' end as detail
from last_assessment
where last.review_by_date <= as_at
    and exists (
        select 1
        from sibling_on_day as sibling
        where sibling.as_at = last_assessment.as_at
            and sibling.child_number = last_assessment.child_number
    )
