-- List 8 holds each child in care as on one day: the period of care, the legal status and the placement that the child is in now. Of two rows
-- for one period of care the lower one on the sheet is used.
create or replace temp table care as
select
    *,
    child || '-' || strftime(started, '%Y%m%d') as period_id,
    count(*) over (partition by child, started) as rows_of_period
from annex_a_list_8
qualify row_number() over (partition by child, started order by source_row desc) = 1;

insert into flags
select
    'two_rows_for_a_period', 'ssd_cla_episodes', source_row, period_id, child,
    'List 8 has ' || rows_of_period || ' rows for this child and period of care; row ' || source_row || ' is used',
    'Leave one row for each period of care.'
from care
where rows_of_period > 1
order by child;

insert into ssd_cla_episodes by name
select
    period_id as clae_cla_episode_id,
    child as clae_person_id,
    period_id as clae_cla_id,
    case when placement_start is not null then period_id end as clae_cla_placement_id,
    started as clae_cla_episode_start_date,
    need as clae_cla_primary_need_code,
    ceased as clae_cla_episode_ceased_date,
    ceased_reason as clae_cla_episode_ceased_reason,
    started as clae_entered_care_date,
    last_reviewing_officer_contact as clae_cla_last_iro_contact_date,
    source_row
from care
order by child, started;

insert into ssd_legal_status by name
select
    period_id as lega_legal_status_id,
    child as lega_person_id,
    legal_status as lega_legal_status,
    legal_status as lega_legal_status_text,
    status_start as lega_legal_status_start_date,
    ceased as lega_legal_status_end_date,
    source_row
from care
where legal_status is not null and status_start is not null
order by child, started;

insert into ssd_cla_placement by name
select
    period_id as clap_cla_placement_id,
    child as clap_person_id,
    period_id as clap_cla_id,
    placement_start as clap_cla_placement_start_date,
    ceased as clap_cla_placement_end_date,
    placement_type as clap_cla_placement_type,
    placement_provider as clap_cla_placement_provider,
    placement_postcode as clap_cla_placement_postcode,
    placement_authority as clap_cla_placement_la,
    placement_urn as clap_cla_placement_urn,
    source_row
from care
where placement_start is not null
order by child, started;

insert into flags
select
    'no_start_date', lacking.table_name, care.source_row, care.period_id, care.child,
    lacking.what || ' without ' || lacking.heading || ': not used, since it is not known since when it holds',
    'Fill in ' || lacking.heading || ' in the case system.'
from care,
    lateral (
        select 'ssd_legal_status' as table_name, 'A legal status, ' || legal_status || ',' as what,
            'Start date of current legal status' as heading
        where legal_status is not null and status_start is null
        union all
        select 'ssd_cla_placement', 'A placement, ' || placement_type || ',', 'Start Date of Most Recent Placement'
        where placement_type is not null and placement_start is null
    ) as lacking
order by care.child;
