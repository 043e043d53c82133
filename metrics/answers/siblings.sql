-- Brothers and sisters in care on the day, a row a child: those of a family of whom two or more are in care, restricted records among
-- them, whose rows say the family alone. Within a family each home of the others has a number: one provider, URN and postcode; no number
-- where the postcode is not known.
with member as (
    select
        *,
        count(*) over (partition by family) as children
    from sibling
),

living as (
    select
        member.family,
        spine.*,
        placement.clap_cla_placement_provider as provider,
        placement.clap_cla_placement_urn as urn,
        placement.clap_cla_placement_postcode as postcode
    from member
    join ssd_person as person on person.pers_person_id = member.child_id
    join spine on spine.child_number = person.rowid and spine.as_at = $as_at
    left join ssd_cla_placement as placement on placement.rowid = spine.placement_row
    where member.children > 1
),

assessed as (
    select
        living.child_id,
        arg_max(
            {assessed_date: assessment.assessed_date, outcome: assessment.outcome},
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
        array_to_string(list_sort(list(distinct coalesce(nullif(trim(court), ''), 'court not recorded'))), ', ') as court
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

union all by name

select
    as_at,
    family,
    child_id
from member
where children > 1
    and child_id not in (select pers_person_id from ssd_person)
order by family, name is null and age is null, age desc nulls last, length(child_id), child_id
