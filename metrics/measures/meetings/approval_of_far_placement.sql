-- title: Approval of a placement out of the borough, or of a distant one
-- asks: Was the placement the child has now approved before it began?
-- why: A child who is placed far away is hard to visit and hard to bring home. A home in an adjoining authority is out of the borough,
--      however far it is; a home in any other is distant. Where the authority is not recorded, the request says which it is, and
--      without one the miles from home decide (the detail says "by distance"). Placements with parents, with connected people and
--      with the council's own foster carers need no such approval. An approval has to name a placement of the home, and to be given
--      by the role that the policy names: the list says who else gave one.
-- kind: milestone
-- parameters: kind, approval_types, out_of_borough_miles, distant_miles, excepted, own_provider, approvers
-- needs: local_approvals, ssd_cla_placement, earlier_records
-- evidence: placement, approvals_recorded
-- source: Permanence Planning Policy 7, Placements Out of the Authority's Area
-- out of: children this applies to
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
            where will_do and decision = 'APPROVED' and by_the_role
        ) as approved_date,
        arg_min({day: decided_date, who: who_decided(decided_by)}, decided_date) filter (
            where will_do and decision = 'APPROVED' and not by_the_role
        ) as approved_elsewhere,
        min(decided_date) filter (where will_do and decision = 'REFUSED') as refused_date,
        min(asked_date) filter (where will_do) as asked_date
    from (
        select
            *,
            list_contains($approval_types::varchar[], approval_type) as will_do,
            decided_by_role(decided_by, $approvers::varchar[]) as by_the_role
        from home_approval_on_day
    )
    where approval_type in ('DISTANT', 'OUT_OF_BOROUGH', 'EMERGENCY')
        and names_placement
    group by all
),

home as (
    select
        placement.rowid as placement_row,
        placement_area.area,
        case when placement.clap_cla_placement_distance < 999 then placement.clap_cla_placement_distance end as miles
    from ssd_cla_placement as placement
    join placement_area on placement_area.placement_row = placement.rowid
    left join codes on codes.code_set = 'placement_type' and codes.code = placement.clap_cla_placement_type
    where not coalesce(list_has_any(codes.groups, $excepted::varchar[]), false)
        and not coalesce(
            list_contains(codes.groups, 'foster') and placement.clap_cla_placement_provider = $own_provider,
            false
        )
),

placed as (
    select
        home_on_day.as_at,
        home_on_day.child_number,
        home_on_day.home_start,
        home.miles,
        asked.approved_date,
        asked.approved_elsewhere,
        asked.refused_date,
        asked.asked_date,
        case home.area when 'neighbour' then 'OUT_OF_BOROUGH' when 'distant' then 'DISTANT' when 'own' then 'OWN' end as by_authority,
        case when asked.distant then 'DISTANT' when asked.out_of_borough then 'OUT_OF_BOROUGH' end as by_request,
        case
            when home.miles >= $distant_miles then 'DISTANT'
            when home.miles >= $out_of_borough_miles then 'OUT_OF_BOROUGH'
        end as by_distance
    from home_on_day
    join spine using (as_at, child_number)
    join home using (placement_row)
    left join asked using (as_at, child_number)
)

select
    as_at,
    child_number,
    home_start as clock_start,
    home_start as due_date,
    approved_date as done_date,
    case
        when by_authority is not null then ''
        when by_request is not null then 'as requested; '
        else 'by distance; '
    end
        || coalesce(format('{:,.0f} miles; ', miles), 'distance not known; ')
        || case
            when approved_date is not null then 'approved'
            when approved_elsewhere is not null
                then 'approved on ' || strftime(approved_elsewhere.day, '%d/%m/%Y') || ' by ' || approved_elsewhere.who
            when refused_date is not null then 'refused on ' || strftime(refused_date, '%d/%m/%Y')
            when asked_date is not null then 'asked for on ' || strftime(asked_date, '%d/%m/%Y')
            else 'not asked for'
        end
        || ' (to be approved by the ' || replace(array_to_string($approvers::varchar[], ' or '), '_', ' ') || ')' as detail
from placed
where coalesce(by_authority, by_request, by_distance) = $kind
