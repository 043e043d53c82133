-- Brothers and sisters in care on the day, a row a child: those of a family of whom two or more are in care and may be seen. Within a
-- family each home has a number: one provider, URN and postcode; no number where the postcode is not known.
with family_member as (
{family_member}
),

living as (
    select
        family_member.family,
        spine.*,
        placement.clap_cla_placement_provider as provider,
        placement.clap_cla_placement_urn as urn,
        placement.clap_cla_placement_postcode as postcode,
        count(*) over (partition by family_member.family) as children
    from spine
    join family_member on family_member.person_id = spine.child_id
    left join ssd_cla_placement as placement on placement.rowid = spine.placement_row
    where spine.as_at = $as_at
),

assessed as (
    select
        living.child_id,
        arg_max(
            {{assessed_date: assessment.assessed_date, outcome: assessment.outcome}},
            (assessment.assessed_date, length(assessment.assessment_id), assessment.assessment_id)
        ) as last
    from living
    join local_sibling_assessments as assessment
        on assessment.person_id = living.child_id
        and assessment.assessed_date between living.entered_care and $as_at
    group by living.child_id
),

in_court as (
    select
        person_id as child_id,
        string_agg(distinct coalesce(nullif(trim(court), ''), 'court not recorded'), ', ') as court
    from local_care_proceedings
    where in_force(issued_date, concluded_date, $as_at)
    group by person_id
),

lists as (
    select child_number, list(distinct rule) as lists
    from listed
    where as_at = $as_at
        and policy = $policy_id
        and on_list
    group by child_number
)

select
    living.as_at,
    living.family,
    living.child_id,
    person.pers_legacy_id as legacy_id,
    person.name,
    living.age,
    living.service,
    living.team,
    living.worker,
    case when living.postcode is not null then dense_rank() over (
        partition by living.family
        order by living.postcode is null, living.postcode, living.provider, living.urn
    ) end::integer as home,
    living.plan_shown as plan,
    living.legal_statuses as legal_status,
    case when living.placement_known then living.placement_type else 'not known' end as placement,
    in_court.court as court_name,
    assessed.last.assessed_date as assessed_date,
    assessed.last.outcome as outcome,
    coalesce(lists.lists, []) as lists
from living
join ssd_person as person on person.rowid = living.child_number
left join assessed using (child_id)
left join in_court using (child_id)
left join lists using (child_number)
where living.children > 1
order by living.family, living.age desc nulls last, length(living.child_id), living.child_id
