-- The parents' word that they relinquish a child, and the day from which the child was in care, if that has come: that day, for a
-- child already in care.
-- term: relinquishment: The days on which parents said that they relinquish a child.
-- term: relinquishment.event_date: The day on which the parents said so.
-- term: relinquishment.care_date: The day from which the child has been in care since, if that has come.
create or replace temp table relinquishment as
select
    child.child_number,
    event.event_date,
    min(greatest(episode.clae_cla_episode_start_date, event.event_date)) filter (
        where episode.clae_person_id is not null
    ) as care_date
from local_events as event
join child on child.child_id = event.person_id
left join ssd_cla_episodes as episode
    on episode.clae_person_id = event.person_id
    and (episode.clae_cla_episode_ceased_date is null or episode.clae_cla_episode_ceased_date > event.event_date)
where event.event_type = 'RELINQUISHMENT'
    and event.event_date is not null
group by child.child_number, event.event_date;

-- Those who are not in care yet are known from that word on, with the team of their own allocated worker, or of the last one.
insert into not_in_care_on_day
with waiting as (
    select distinct
        reporting_dates.as_at,
        child.child_number,
        child.child_id
    from relinquishment
    join child using (child_number)
    join reporting_dates on in_force(relinquishment.event_date, relinquishment.care_date, reporting_dates.as_at)
    where (child.dob is null or age_in_years(child.dob, reporting_dates.as_at) < 18)
        and (child.death_date is null or child.death_date > reporting_dates.as_at)
),

new as (
    select waiting.*
    from waiting
    anti join known_on_day as known
        on known.as_at = waiting.as_at
        and known.child_number = waiting.child_number
),

allocated_on_day as (
    select
        new.as_at,
        new.child_number,
        coalesce(
            max(allocated.turn) filter (where in_force(allocated.start_date, allocated.end_date, new.as_at)),
            max(allocated.turn)
        ) as turn
    from new
    join allocated
        on allocated.child_number = new.child_number
        and allocated.start_date <= new.as_at
    group by all
)

select
    new.as_at,
    new.child_number,
    new.child_id,
    coalesce(allocated.service, 'No service recorded') as service,
    coalesce(allocated.team, 'No team recorded') as team,
    coalesce(allocated.worker, 'No worker recorded') as worker
from new
left join allocated_on_day using (as_at, child_number)
left join allocated
    on allocated.child_number = new.child_number
    and allocated.turn = allocated_on_day.turn;
