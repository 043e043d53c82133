-- title: Approval of a placement out of the borough, or of a distant one
-- asks: Was the placement the child has now approved before it began?
-- why: A child who is placed far away is hard to visit and hard to bring home. The request says which of the two a placement is;
--      without a request, the miles from home decide, because the extracts do not say which authority the home is in. Placements
--      with parents, with connected people and with the council's own foster carers need no such approval. An approval has to
--      name the placement.
-- kind: milestone
-- parameters: kind, approval_types, out_of_borough_miles, distant_miles, excepted, own_provider, approver
-- needs: local_approvals, ssd_cla_placement
-- evidence: placement, approvals_recorded
-- source: Permanence Planning Policy 7, Placements Out of the Authority's Area
-- out of: children of whom this is asked
-- owner: Performance and analysis team
-- checked_by: two readings, this SQL and the reference reading in tests/reference, compared on generated records;
--      boundary cases; read against the sentence of the document
-- reviewed: 2026-11-28
-- next_review: 2027-11-28
-- low_is_good: true
with asked as (
    select
        as_at,
        child_number,
        bool_or(approval_type = 'DISTANT') as distant,
        bool_or(approval_type = 'OUT_OF_BOROUGH') as out_of_borough,
        min(decided_date) filter (
            where decision = 'APPROVED' and list_contains($approval_types::varchar[], approval_type)
        ) as approved_date,
        min(decided_date) filter (
            where decision = 'REFUSED' and list_contains($approval_types::varchar[], approval_type)
        ) as refused_date,
        min(asked_date) filter (where list_contains($approval_types::varchar[], approval_type)) as asked_date
    from stay_approval_on_day
    where approval_type in ('DISTANT', 'OUT_OF_BOROUGH', 'EMERGENCY')
    group by all
),

home as (
    select
        placement.rowid as placement_row,
        case when placement.clap_cla_placement_distance < 999 then placement.clap_cla_placement_distance end as miles
    from ssd_cla_placement as placement
    left join codes on codes.code_set = 'placement_type' and codes.code = placement.clap_cla_placement_type
    where not coalesce(list_has_any(codes.groups, $excepted::varchar[]), false)
        and not coalesce(
            list_contains(codes.groups, 'foster') and placement.clap_cla_placement_provider = $own_provider,
            false
        )
),

far_home as (
    select
        home.placement_row,
        home.miles,
        stay.stay_start
    from home
    join placement_stay as stay using (placement_row)
    where home.miles >= least($out_of_borough_miles, $distant_miles)
        or home.placement_row in (select placement_row from stay_approval)
),

placed as (
    select
        spine.as_at,
        spine.child_number,
        greatest(far_home.stay_start, spine.entered_care) as stay_start,
        far_home.miles,
        asked.approved_date,
        asked.refused_date,
        asked.asked_date,
        case
            when asked.distant then 'DISTANT'
            when asked.out_of_borough then 'OUT_OF_BOROUGH'
            when far_home.miles >= $distant_miles then 'DISTANT'
            when far_home.miles >= $out_of_borough_miles then 'OUT_OF_BOROUGH'
        end as kind
    from spine
    join far_home using (placement_row)
    left join asked using (as_at, child_number)
)

select
    as_at,
    child_number,
    stay_start as clock_start,
    stay_start as due_date,
    approved_date as done_date,
    coalesce(format('{:,.0f} miles; ', miles), 'distance not known; ')
        || case
            when approved_date is not null then 'approved'
            when refused_date is not null then 'refused on ' || strftime(refused_date, '%d/%m/%Y')
            when asked_date is not null then 'asked for on ' || strftime(asked_date, '%d/%m/%Y')
            else 'not asked for'
        end || ' (' || $approver || ')' as detail
from placed
where kind = $kind
