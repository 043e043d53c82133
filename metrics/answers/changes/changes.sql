-- What the record of each child in care on the day says of the days after an earlier one: a placement, another plan, a review held.
with plan as (
    select
        lacp_person_id as person_id,
        lacp_cla_care_plan_start_date as change_date,
        coalesce(shown_plan(lacp_options), 'nothing ticked') as says,
        lag(coalesce(shown_plan(lacp_options), 'nothing ticked')) over (
            partition by lacp_person_id
            order by lacp_cla_care_plan_start_date, length(lacp_table_id), lacp_table_id
        ) as said_before
    from ssd_cla_care_plan
),

change as (
    select
        clap_person_id as person_id,
        clap_cla_placement_start_date as change_date,
        'New placement' as what,
        clap_cla_placement_type as placement_code,
        null as says
    from ssd_cla_placement
    union all
    -- A plan that is entered again is not another plan.
    select person_id, change_date, 'New plan', null, says
    from plan
    where says is distinct from said_before
    union all
    select
        episode.clae_person_id,
        review.clar_cla_review_date,
        'Review held',
        null,
        null
    from ssd_cla_reviews as review
    join (select distinct clae_cla_id, clae_person_id from ssd_cla_episodes) as episode on episode.clae_cla_id = review.clar_cla_id
    where not coalesce(review.clar_cla_review_cancelled, false)
)

select distinct
    spine.child_id,
    person.pers_legacy_id as legacy_id,
    person.name,
    spine.team,
    spine.worker,
    change.change_date,
    change.what,
    change.placement_code as placement,
    change.says
from change
join ssd_person as person on person.pers_person_id = change.person_id
join spine on spine.child_number = person.rowid and spine.as_at = $as_at
where change.change_date > $since
    and change.change_date <= $as_at
order by change.change_date desc, change.what, length(spine.child_id), spine.child_id
