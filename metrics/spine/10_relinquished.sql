-- The parents' word that they relinquish a child, and the day from which the child was in care, if that has come: that day, for a
-- child already in care. A word that was taken back on its own day was never given.
-- term: relinquishment: The days on which parents said that they relinquish a child.
-- term: relinquishment.event_date: The day on which the parents said so.
-- term: relinquishment.care_date: The day from which the child has been in care since, if that has come.
-- term: relinquishment.withdrawn_date: The day on which the parents took it back, if that has come.
create or replace temp table relinquishment as
select
    child.child_number,
    event.event_date,
    min(greatest(episode.clae_cla_episode_start_date, event.event_date)) filter (
        where episode.clae_person_id is not null
    ) as care_date,
    min(withdrawn.event_date) as withdrawn_date
from local_events as event
join child on child.child_id = event.person_id
left join ssd_cla_episodes as episode
    on episode.clae_person_id = event.person_id
    and (episode.clae_cla_episode_ceased_date is null or episode.clae_cla_episode_ceased_date > event.event_date)
left join local_events as withdrawn
    on withdrawn.person_id = event.person_id
    and withdrawn.event_type = 'RELINQUISHMENT_WITHDRAWN'
    and withdrawn.event_date >= event.event_date
where event.event_type = 'RELINQUISHMENT'
    and event.event_date is not null
group by child.child_number, event.event_date;
