-- title: Adoption under consideration, family finding not started
-- asks: For which children has family finding for adoption not started, though adoption is considered, decided or ordered?
-- why: Family finding begins as soon as adoption is under consideration, so that no time is lost once it is decided. A child is on the list
--      with adoption in the plan, or explored in this period of care and not closed, with an agency decision that stands, or a placement
--      order; matched or placed children are not. The clock is the first of these.
-- kind: measure
-- parameters: option
-- needs: ssd_cla_care_plan, local_carer_matches
-- uses: ssd_permanence, ssd_legal_status, ssd_cla_placement, local_permanence_options
-- evidence: episode, plans, permanence_options, agency_decision, placement_order, family_finding, adoption_match
-- source: Permanency Planning Practice Guidance 4, Adoption, second paragraph
-- out of: children with {option} in their plan or explored, with an agency decision for it, or subject to a placement order
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with considered as (
    select
        spine.as_at,
        spine.child_number,
        spine.child_id,
        spine.entered_care,
        option_clock.since as planned_since,
        explored.since as explored_since,
        decision.decision_date,
        case when spine.placement_order_since is not null then greatest(spine.placement_order_since, spine.entered_care) end
            as placement_order_since
    from spine
    left join option_clock
        on option_clock.as_at = spine.as_at
        and option_clock.child_number = spine.child_number
        and option_clock.option = $option
    left join adoption_explored_on_day as explored
        on explored.as_at = spine.as_at
        and explored.child_number = spine.child_number
    left join agency_decision_on_day as decision
        on decision.as_at = spine.as_at
        and decision.child_number = spine.child_number
    where spine.adoption_match_date is null
        and not spine.placement_adoptive
        and not spine.placement_early_permanence
)

select
    as_at,
    child_number,
    least(planned_since, explored_since, decision_date, placement_order_since) as clock_start,
    concat_ws(
        ', ',
        case when planned_since is not null then 'in the plan' end,
        case when explored_since is not null then 'explored' end,
        case when decision_date is not null then 'agency decision' end,
        case when placement_order_since is not null then 'placement order' end
    ) as detail
from considered
where coalesce(planned_since, explored_since, decision_date, placement_order_since) is not null
    and not exists (
        select 1
        from local_carer_matches as recorded
        where recorded.person_id = considered.child_id
            and recorded.match_type = 'ADOPTION'
            and recorded.family_finding_start_date between considered.entered_care and considered.as_at
    )
