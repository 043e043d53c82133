-- The episodes, and the runs of one legal status and of one placement.
insert into ssd_cla_episodes by name
select
    child || '-' || turn as clae_cla_episode_id,
    child as clae_person_id,
    period_id as clae_cla_id,
    case when place is not null then child || '-' || placement_number end as clae_cla_placement_id,
    decom as clae_cla_episode_start_date,
    rne as clae_cla_episode_start_reason,
    cin as clae_cla_primary_need_code,
    dec as clae_cla_episode_ceased_date,
    rec as clae_cla_episode_ceased_reason,
    entered_care as clae_entered_care_date,
    source_row
from run_episode;

insert into ssd_legal_status by name
select
    child || '-' || status_number as lega_legal_status_id,
    child as lega_person_id,
    any_value(ls) as lega_legal_status,
    any_value(ls) as lega_legal_status_text,
    min(decom) as lega_legal_status_start_date,
    nullif(arg_max(coalesce(dec, date '9999-12-31'), turn), date '9999-12-31') as lega_legal_status_end_date,
    min(source_row) as source_row
from run_episode
where ls is not null
group by child, status_number
order by child, status_number;

insert into ssd_cla_placement by name
select
    child || '-' || placement_number as clap_cla_placement_id,
    child as clap_person_id,
    any_value(period_id) as clap_cla_id,
    min(decom) as clap_cla_placement_start_date,
    nullif(arg_max(coalesce(dec, date '9999-12-31'), turn), date '9999-12-31') as clap_cla_placement_end_date,
    any_value(place) as clap_cla_placement_type,
    any_value(place_provider) as clap_cla_placement_provider,
    any_value(pl_post) as clap_cla_placement_postcode,
    arg_max(reason_place_change, turn) as clap_cla_placement_change_reason,
    any_value(urn) as clap_cla_placement_urn,
    min(source_row) as source_row
from run_episode
where place is not null
group by child, placement_number
order by child, placement_number;
