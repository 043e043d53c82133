-- Those who left care in the months before the first reporting date matter too: something may still be due for them.
insert into child
with reporting as (
    select min(as_at) as first_date, max(as_at) as last_date
    from reporting_dates
)
select
    person.rowid as child_number,
    person.pers_person_id as child_id,
    person.pers_dob as dob,
    person.pers_death_date as death_date
from ssd_person as person
where person.pers_person_id in (
    select episode.clae_person_id
    from ssd_cla_episodes as episode, reporting
    where episode.clae_cla_episode_ceased_date <= reporting.last_date
        and months_after(episode.clae_cla_episode_ceased_date, 6) > reporting.first_date
)
    and person.pers_person_id not in (select child_id from child);
