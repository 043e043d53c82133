-- title: Young, in proceedings, early permanence not considered
-- asks: Which young children in care proceedings have no early permanence option, and since when have proceedings run?
-- why: Carers who may later adopt save a small child a move. That is only possible when it is considered early. An option
--      counts from the day on which it was referred, found viable or first assessed, even before entry to care and even if it has
--      been closed since. The clock is the earliest issue among the proceedings in force.
-- kind: measure
-- parameters: under_age
-- needs: local_permanence_options
-- uses: local_care_proceedings
-- evidence: episode, concluded_proceedings, permanence_options, placement
-- source: Slough Permanence Policy 10, Early Permanence
-- out of: children under {under_age} in care or in pre-proceedings
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with issued as (
    select
        child.child_number,
        recorded.issued_date as start_date,
        recorded.concluded_date as end_date
    from local_care_proceedings as recorded
    join child on child.child_id = recorded.person_id
    union all
    -- Where proceedings are not supplied, an interim care order in force counts as proceedings.
    select
        legal_status.child_number,
        legal_status.start_date,
        legal_status.end_date
    from legal_status
    join codes
        on codes.code_set = 'legal_status'
        and codes.code = legal_status.code
        and list_contains(codes.groups, 'interim_care_order')
    where not (select supplied from supplied where table_name = 'local_care_proceedings')
),

considered as (
    select
        child.child_number,
        min(least(explored.referral_date, explored.viability_date, explored.assessment_start_date)) as begun_date
    from local_permanence_options as explored
    join child on child.child_id = explored.person_id
    where explored.option_type = 'EARLY_PERMANENCE'
    group by all
)

select
    spine.as_at,
    spine.child_number,
    min(issued.start_date) as clock_start,
    case
        when spine.placement_early_permanence then 'living in an early permanence placement'
        when spine.placement_known then 'not in an early permanence placement'
        else 'placement not known'
    end as detail
from spine
join issued
    on issued.child_number = spine.child_number
    and in_force(issued.start_date, issued.end_date, spine.as_at)
left join considered on considered.child_number = spine.child_number
where spine.in_proceedings
    and spine.age < $under_age
    and (considered.begun_date is null or considered.begun_date > spine.as_at)
group by all
