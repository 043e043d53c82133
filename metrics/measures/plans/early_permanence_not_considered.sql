-- title: Young, early permanence not considered
-- asks: Which young children, in care, in pre-proceedings or in proceedings, have never had an early permanence option recorded?
-- why: Carers who may later adopt save a small child a move. That is only possible when it is considered early, for every young child,
--      born or not yet. An option counts from the day on which it was referred, found viable or first assessed, however it came out
--      and whenever that was; so does an early permanence placement, also once its carers have become the adopters or the child has left
--      them. The clock is entry to care, or the earliest pre-proceedings decision or issue of proceedings
--      that has not ended.
-- kind: measure
-- parameters: under_age
-- needs: local_permanence_options, children_not_in_care
-- uses: ssd_pre_proceedings, local_care_proceedings, ssd_cla_placement
-- evidence: episode, pre_proceedings_decided, court_proceedings, permanence_options, placements_recorded
-- source: Slough Permanence Policy 10, Early Permanence
-- out of: children under {under_age} in care, in pre-proceedings or in proceedings
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with pursued as (
    select
        as_at,
        child_number,
        child_id,
        entered_care as since,
        case when placement_known then 'in care' else 'in care; placement not known' end as detail
    from spine
    union all
    select
        known.as_at,
        known.child_number,
        known.child_id,
        min(court_stage.start_date) as since,
        'in ' || arg_min(court_stage.stage, (court_stage.start_date, court_stage.stage)) as detail
    from known_on_day as known
    join court_stage
        on court_stage.child_number = known.child_number
        and in_force(court_stage.start_date, court_stage.end_date, known.as_at)
    where not known.in_care
    group by all
)

select
    pursued.as_at,
    pursued.child_number,
    pursued.since as clock_start,
    pursued.detail || case
        when coalesce(child.dob, child.expected_dob) > pursued.as_at
            then '; expected on ' || strftime(coalesce(child.expected_dob, child.dob), '%d/%m/%Y')
        else ''
    end as detail
from pursued
join child using (child_number)
where age_in_years(coalesce(child.dob, child.expected_dob), pursued.as_at) < $under_age
    and not exists (
        select 1
        from local_permanence_options as explored
        where explored.person_id = pursued.child_id
            and explored.option_type = 'EARLY_PERMANENCE'
            and least(explored.referral_date, explored.viability_date, explored.assessment_start_date) <= pursued.as_at
    )
    and not exists (
        select 1
        from home_placement as placed
        join codes
            on codes.code_set = 'placement_type'
            and codes.code = placed.placement_type
            and list_contains(codes.groups, 'early_permanence')
        where placed.child_number = pursued.child_number
            and placed.start_date <= pursued.as_at
            and (placed.end_date is null or placed.end_date > placed.start_date)
    )
