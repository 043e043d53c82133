-- Episodes of all returns together. One that stands in several returns is what the newest of them says of it.
create or replace temp table newest_version as
select
    episode.*,
    return_order.return_number,
    return_order.return_year,
    (select max(return_number) from return_order) as last_return
from ssda903_episodes as episode
join return_order using (file)
qualify return_order.return_number = max(return_order.return_number) over (partition by episode.child, episode.decom);

-- Left open in an old return, and in the child's next return under another first day but otherwise the same: it is that one.
create or replace temp table redated as
select distinct older.file, older.source_row
from newest_version as older
join newest_version as newer
    on newer.child = older.child
    and newer.decom <> older.decom
    and newer.return_number = (
        select min(later.return_number)
        from newest_version as later
        where later.child = older.child and later.return_number > older.return_number
    )
    and newer.rne is not distinct from older.rne
    and newer.ls is not distinct from older.ls
    and newer.place is not distinct from older.place
    and newer.place_provider is not distinct from older.place_provider
    and newer.pl_post is not distinct from older.pl_post
    and newer.urn is not distinct from older.urn
where older.dec is null and older.return_number < older.last_return;

-- Same-day episodes: of two that start on one day, the one that ended that day came first.
create or replace temp table episode_in_turn as
select
    kept.*,
    row_number() over in_turn as turn,
    lead(kept.decom) over in_turn as next_decom,
    lead(kept.rne) over in_turn as next_rne
from newest_version as kept
anti join redated on redated.file = kept.file and redated.source_row = kept.source_row
window in_turn as (partition by kept.child order by kept.decom, kept.dec nulls last, kept.source_row);

-- An episode left open ends where the child's next one starts; where there is none, and a newer return does not hold it, its end is not
-- known, and it is taken to be the last day of its return.
create or replace temp table closed_episode as
select
    * exclude (dec, rec),
    dec is null and (next_decom is not null or return_number < last_return) as was_left_open,
    case
        when dec is not null then dec
        when next_decom is not null then next_decom
        when return_number < last_return then greatest(decom, make_date(return_year, 3, 31))
    end as dec,
    case
        when dec is not null then rec
        when next_decom is not null then case when next_rne = 'S' then 'E8' else 'X1' end
    end as rec
from episode_in_turn;

-- A period of care begins with an episode that starts care (S), or after one with which care ended.
create or replace temp table care_episode as
with before as (
    select
        *,
        lag(rec) over in_turn as previous_rec,
        lag(dec) over in_turn as previous_dec,
        lag(turn) over in_turn is null as is_first
    from closed_episode
    window in_turn as (partition by child order by turn)
),

numbered as (
    select
        *,
        count(*) filter (where is_first or rne = 'S' or (previous_rec is not null and previous_rec <> 'X1')) over (
            partition by child order by turn rows unbounded preceding
        ) as period_number
    from before
)

select
    *,
    child || '-' || period_number as period_id,
    first_value(decom) over in_period as entered_care,
    first_value(rne) over in_period as first_rne
from numbered
window in_period as (partition by child, period_number order by turn);

-- The runs: consecutive episodes of a period with one legal status, and with one placement. A change of the one never restarts the other.
create or replace temp table run_episode as
with compared as (
    select
        *,
        ls is distinct from lag(ls) over in_period as new_status,
        coalesce(rne in ('S', 'P', 'T', 'B', 'U'), false)
        or (place, place_provider, pl_post, urn) is distinct from lag((place, place_provider, pl_post, urn)) over in_period as new_placement,
        lag(turn) over in_period is null as first_of_period
    from care_episode
    window in_period as (partition by child, period_number order by turn)
)

select
    *,
    count(*) filter (where new_status or first_of_period) over in_turn as status_number,
    count(*) filter (where new_placement or first_of_period) over in_turn as placement_number
from compared
window in_turn as (partition by child order by turn rows unbounded preceding);

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
from run_episode
order by child, turn;

insert into ssd_legal_status by name
select
    child || '-' || status_number as lega_legal_status_id,
    child as lega_person_id,
    any_value(ls) as lega_legal_status,
    any_value(ls) as lega_legal_status_text,
    min(decom) as lega_legal_status_start_date,
    arg_max(coalesce(dec, date '9999-12-31'), turn) as lega_legal_status_end_date,
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
    arg_max(coalesce(dec, date '9999-12-31'), turn) as clap_cla_placement_end_date,
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

update ssd_legal_status set lega_legal_status_end_date = null where lega_legal_status_end_date = date '9999-12-31';
update ssd_cla_placement set clap_cla_placement_end_date = null where clap_cla_placement_end_date = date '9999-12-31';
