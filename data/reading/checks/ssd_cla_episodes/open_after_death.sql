-- An episode that is still open for somebody who has died: not a child in care, and if the date of death is wrong a child is missed.
select
    'open_after_death',
    'ssd_cla_episodes',
    episode.source_row,
    episode.clae_cla_episode_id,
    episode.clae_person_id,
    'Died on ' || strftime(person.pers_death_date, '%d/%m/%Y') || ', with an episode of care that has not ceased, so not counted as in care',
    'Correct the date of death (pers_death_date), or record the day and the reason the episode ceased.'
from ssd_cla_episodes as episode
join ssd_person as person on person.pers_person_id = episode.clae_person_id
where person.pers_death_date <= $as_at
    and episode.clae_cla_episode_start_date <= $as_at
    and (episode.clae_cla_episode_ceased_date is null or episode.clae_cla_episode_ceased_date > $as_at)
