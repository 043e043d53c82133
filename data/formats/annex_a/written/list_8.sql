-- List 8: each child in care on the day, and each who left care in the six months before it, with what held on the last day.
with period as (
    select
        clae_person_id as child,
        clae_cla_id as cla_id,
        coalesce(min(clae_entered_care_date), min(clae_cla_episode_start_date)) as started,
        arg_max(clae_cla_primary_need_code, clae_cla_episode_start_date) as need,
        case when bool_and(coalesce(clae_cla_episode_ceased_date <= $as_at, false)) then max(clae_cla_episode_ceased_date) end as ceased,
        arg_max(clae_cla_episode_ceased_reason, (clae_cla_episode_start_date, clae_cla_episode_ceased_date)) as ceased_reason,
        max(clae_cla_last_iro_contact_date) as last_reviewing_officer_contact
    from ssd_cla_episodes
    where clae_cla_episode_start_date <= $as_at
    group by clae_person_id, clae_cla_id
),

shown as (
    select *, coalesce(ceased - 1, $as_at) as day
    from period
    where ceased is null or ceased > $ceased_from
),

-- A status that goes on from row to row is one status.
status_run as (
    select
        *,
        sum(begins) over (partition by lega_person_id, lega_legal_status order by lega_legal_status_start_date rows unbounded preceding)
            as run
    from (
        select
            *,
            coalesce(lega_legal_status_start_date > lag(lega_legal_status_end_date) over (
                partition by lega_person_id, lega_legal_status order by lega_legal_status_start_date
            ), true)::integer as begins
        from ssd_legal_status
    )
),

status as (
    select *, min(lega_legal_status_start_date) over (partition by lega_person_id, lega_legal_status, run) as run_start
    from status_run
),

on_day as (
    select
        shown.*,
        (
            select arg_min((lega_legal_status, run_start), list_position($statuses, lega_legal_status))
            from status
            where lega_person_id = shown.child and lega_legal_status_start_date <= shown.day
                and (lega_legal_status_end_date is null or lega_legal_status_end_date > shown.day)
        ) as held,
        (
            select arg_max(placement.rowid, (clap_cla_placement_start_date, length(clap_cla_placement_id), clap_cla_placement_id))
            from ssd_cla_placement as placement
            where clap_person_id = shown.child and clap_cla_placement_start_date <= shown.day
                and (clap_cla_placement_end_date is null or clap_cla_placement_end_date > shown.day)
        ) as placement_row,
        (
            select arg_max(
                case when lacp_cla_care_plan_end_date is null or lacp_cla_care_plan_end_date > shown.day then lacp_options[1] end,
                (lacp_cla_care_plan_start_date, length(lacp_table_id), lacp_table_id)
            )
            from ssd_cla_care_plan
            where lacp_person_id = shown.child and lacp_cla_care_plan_start_date <= shown.day
                and lacp_cla_care_plan_start_date >= shown.started - 28
        ) as plan,
        (
            select arg_max(
                (invo_professional_id, invo_professional_team),
                (invo_involvement_start_date, length(invo_involvements_id), invo_involvements_id)
            )
            from ssd_involvements
            where invo_person_id = shown.child and invo_involvement_start_date <= shown.day
                and (invo_involvement_end_date is null or invo_involvement_end_date > shown.day)
                and (
                    len(list_filter($contains, lambda text: contains(upper(invo_professional_role_id), text))) > 0
                    or list_contains($equals, upper(trim(invo_professional_role_id)))
                )
        ) as allocated
    from shown
)

select
    on_day.child,
    person.pers_sex as sex,
    person.pers_ethnicity as ethnicity,
    person.pers_dob as date_of_birth,
    exists (
        from ssd_immigration_status
        where immi_person_id = on_day.child and regexp_matches(lower(immi_immigration_status), 'uasc|unaccompanied')
            and coalesce(immi_immigration_status_end_date > on_day.day, true)
    ) as uasc,
    on_day.started,
    on_day.need,
    held[2] as status_start,
    held[1] as legal_status,
    (
        select max(clar_cla_review_date) from ssd_cla_reviews
        where clar_cla_id = on_day.cla_id and clar_cla_review_date <= $as_at and not coalesce(clar_cla_review_cancelled, false)
    ) as last_review,
    (
        select max(clav_cla_visit_date) from ssd_cla_visits
        where clav_person_id = on_day.child and clav_cla_visit_date between on_day.started and $as_at
    ) as last_visit,
    on_day.plan,
    on_day.last_reviewing_officer_contact,
    on_day.ceased,
    case when on_day.ceased is not null then on_day.ceased_reason end as ceased_reason,
    placement.clap_cla_placement_start_date as placement_start,
    placement.clap_cla_placement_type as placement_type,
    placement.clap_cla_placement_provider as placement_provider,
    placement.clap_cla_placement_postcode as placement_postcode,
    placement.clap_cla_placement_urn as placement_urn,
    placement.clap_cla_placement_la as placement_authority,
    coalesce(department.dept_team_name, allocated[2]) as team,
    coalesce(worker.prof_professional_name, allocated[1]) as worker
from on_day
join ssd_person as person on person.pers_person_id = on_day.child
left join ssd_cla_placement as placement on placement.rowid = on_day.placement_row
left join ssd_department as department on department.dept_team_id = allocated[2]
left join ssd_professionals as worker on worker.prof_professional_id = allocated[1]
order by length(on_day.child), on_day.child, on_day.started
