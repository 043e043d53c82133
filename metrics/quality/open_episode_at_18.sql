-- An episode still open for a young person who is 18 or over: not a child in care, and the episode should have ceased.
select
    'ssd_cla_episodes' as table_name,
    episode.source_row,
    episode.clae_cla_episode_id as record_id,
    episode.clae_person_id as person_id,
    '18 or over on the date of the data load, with an episode of care that has not ceased.' as message,
    'Record the day and the reason the episode ceased.' as mend
from ssd_cla_episodes as episode
join ssd_person as person on person.pers_person_id = episode.clae_person_id
join (select max(as_at) as as_at from reporting_dates) as reporting
    on in_force(episode.clae_cla_episode_start_date, episode.clae_cla_episode_ceased_date, reporting.as_at)
where age_in_years(person.pers_dob, reporting.as_at) >= 18
